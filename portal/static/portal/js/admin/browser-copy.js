/* What could not be kept on the server is kept in this browser, and offered when the form is opened again. */
"use strict";
addEventListener("load", () => {
  const offer = document.querySelector("[data-browser-copy]");
  const form = offer?.closest("form");
  if (!form) return;
  const KEY = `unsaved:${location.pathname}`;
  const OWN = ["csrfmiddlewaretoken", "autosave_key"];

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY));
    } catch {
      return null;
    }
  };

  const forget = () => {
    localStorage.removeItem(KEY);
    offer.hidden = true;
  };

  const keep = (data) => {
    const fields = [...data].filter(([name]) => !OWN.includes(name) && !/_FORMS$/.test(name));
    try {
      localStorage.setItem(KEY, JSON.stringify({ at: new Date().toISOString(), fields }));
    } catch {
      // Full, or closed to us: the page itself still has the text.
    }
  };

  const choose = (select, values) => {
    for (const value of values) {
      if (![...select.options].some((option) => option.value === value)) select.add(new Option(value, value));
    }
    for (const option of select.options) option.selected = values.includes(option.value);
  };

  const put = (field, values) => {
    if (field.type === "file") return;
    const editor = window.CKEDITOR?.instances[field.id];
    if (editor) editor.setData(values[0] ?? "");
    else if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.tagName === "SELECT") choose(field, values);
    else field.value = values[0] ?? "";
  };

  const restore = ({ fields }) => {
    const names = new Set(fields.map(([name]) => name));
    for (const field of form.elements) {
      const isBox = field.type === "checkbox";
      if (!field.name || OWN.includes(field.name) || !(names.has(field.name) || isBox)) continue;
      put(field, fields.filter(([name]) => name === field.name).map(([, value]) => value));
    }
    django.jQuery(form).find("select").trigger("change");
    offer.hidden = true;
    form.dispatchEvent(new Event("input"));
  };

  const copy = read();
  if (copy) {
    offer.querySelector("time").textContent = new Date(copy.at).toLocaleString("zh-CN");
    offer.querySelector("[data-restore]").addEventListener("click", () => restore(copy));
    offer.querySelector("[data-discard]").addEventListener("click", forget);
    offer.hidden = false;
  }
  form.addEventListener("autosave:failed", ({ detail }) => keep(detail));
  form.addEventListener("autosave:done", () => offer.hidden && localStorage.removeItem(KEY));
});
