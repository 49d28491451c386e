/* The dialog 图像: a file is chosen in it, or a picture of the library; what an article cannot use is left out. */
"use strict";
{
  const fill = (dialog, { url, width, height, alt }) => {
    dialog.setValueOf("info", "txtUrl", url);
    if (alt) dialog.setValueOf("info", "txtAlt", alt);
    dialog.dontResetSize = true;
    dialog.setValueOf("info", "txtWidth", String(width ?? ""));
    dialog.setValueOf("info", "txtHeight", String(height ?? ""));
    dialog.getContentElement("info", "txtAlt").focus();
  };

  const upload = (dialog, file, status) => {
    const editor = dialog.getParentEditor();
    const loader = editor.uploadRepository.create(file);
    const show = (text) => (status.textContent = text);
    show("正在上传……");
    loader.on("uploaded", () => {
      fill(dialog, { ...loader.responseData, url: loader.url });
      show(loader.responseData.notice || "已上传。请填写图片说明：图上有什么。");
    });
    for (const event of ["error", "abort"]) loader.on(event, () => show(loader.message || "没有上传，请再试一次。"));
    loader.loadAndUpload(editor.config.imageUploadUrl);
  };

  const field = {
    type: "html",
    id: "portalUpload",
    html:
      '<div class="portal-upload"><label>从电脑上传 ' +
      '<input type="file" accept="image/jpeg,image/png,image/gif,image/webp"></label>' +
      '<p role="status"></p></div>',
    onLoad() {
      const root = this.getElement().$;
      const input = root.querySelector("input");
      input.addEventListener("change", () => {
        if (input.files[0]) upload(this.getDialog(), input.files[0], root.querySelector("[role=status]"));
      });
    },
    onShow() {
      const root = this.getElement().$;
      root.querySelector("input").value = "";
      root.querySelector("[role=status]").textContent = "";
    },
  };

  // The library's window (picture-browse.js) hands over more than the address.
  const choose = function (url, details) {
    fill(this.getDialog(), { ...details, url });
    return false;
  };

  CKEDITOR.on("dialogDefinition", ({ data }) => {
    if (data.name !== "image") return;
    const info = data.definition.getContents("info");
    ["txtBorder", "txtHSpace", "txtVSpace", "cmbAlign"].forEach((name) => info.remove(name));
    info.get("txtUrl").label = "图片地址";
    info.get("txtAlt").label = "图片说明";
    info.add(field, "basic");
    const browse = info.get("browse");
    browse.label = "从图库选择";
    browse.filebrowser = { action: "Browse", target: "info:txtUrl", url: browse.filebrowser?.url, onSelect: choose };
  }, null, null, 1);
}
