/* CKEditor within the admin: uploads carry the CSRF token of the form, because its cookie is closed to scripts. */
"use strict";
{
  CKEDITOR.config.uploadImage_supportedTypes = /image\/(jpeg|png|gif|webp)/;
  CKEDITOR.on("instanceCreated", ({ editor }) => {
    editor.on("configLoaded", () => {
      const form = editor.element.$.form;
      editor.config.fileTools_requestHeaders = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    });
  });
  CKEDITOR.on("instanceReady", ({ editor }) => {
    // A pasted picture would stay selected, and the next letter typed would take its place.
    editor.on("afterPaste", () => {
      const range = editor.getSelection()?.getRanges()[0];
      if (!range || range.collapsed || !editor.widgets.focused) return;
      range.collapse(false);
      range.select();
    });
    const label = document.querySelector(`label[for="${editor.element.getId()}"]`);
    label?.addEventListener("click", () => editor.focus());
  });
}
