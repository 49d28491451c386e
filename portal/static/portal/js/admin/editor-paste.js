/* Pasting from Word, WPS and WeChat: what goes is told; pictures of other sites are links until somebody fetches them. */
"use strict";
{
  const REMOTE = /^(?:https?:)?\/\//i;

  const ask = async (editor, address, values) => {
    const sent = new FormData();
    for (const [name, value] of Object.entries(values)) sent.set(name, value);
    const headers = editor.config.fileTools_requestHeaders;
    const response = await fetch(address, { method: "POST", body: sent, headers }).catch(() => null);
    return response?.json().catch(() => null);
  };

  // No page of the admin contacts another host, so a picture from there would only be a broken one.
  const asLink = (picture) => {
    const address = picture.attributes["data-src"] || picture.attributes["data-cke-saved-src"] || picture.attributes.src || "";
    if (!REMOTE.test(address)) return picture;
    const url = address.startsWith("//") ? `https:${address}` : address;
    const link = new CKEDITOR.htmlParser.element("a", { class: "remote-picture", href: url, "data-cke-saved-href": url });
    link.add(new CKEDITOR.htmlParser.text(`[${picture.attributes.alt || "图片"}]`));
    return link;
  };

  const remotes = (editor) => [...(editor.editable()?.$.querySelectorAll("a.remote-picture") ?? [])];

  const fetchAll = async (editor, button, status) => {
    const links = remotes(editor);
    const failures = [];
    button.disabled = true;
    for (const [index, link] of links.entries()) {
      status.textContent = `正在存入第 ${index + 1} 张，共 ${links.length} 张……`;
      const answer = await ask(editor, editor.config.pictureFetchUrl, { url: link.href });
      if (answer?.uploaded) {
        const img = Object.assign(document.createElement("img"), { src: answer.url, alt: answer.alt, width: answer.width, height: answer.height });
        img.dataset.ckeSavedSrc = answer.url;
        link.replaceWith(img);
      } else failures.push(`第 ${index + 1} 张：${answer?.error?.message ?? "没有取到。"}`);
    }
    editor.fire("saveSnapshot");
    editor.fire("change");
    button.disabled = false;
    status.textContent = [`已存入 ${links.length - failures.length} 张，请补上图片说明。`, ...failures].join(" ");
  };

  const addBar = (editor) => {
    const bar = Object.assign(document.createElement("p"), { className: "remote-pictures", hidden: true });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "把外站图片存入图库" });
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    bar.append(button, status);
    editor.container.$.after(bar);
    button.addEventListener("click", () => fetchAll(editor, button, status));
    const refresh = () => {
      const count = remotes(editor).length;
      if (count) bar.hidden = false;
      button.hidden = !count;
      if (count && !button.disabled) status.textContent = `正文里有 ${count} 张外站的图片，读者看到的是链接。`;
    };
    editor.on("change", refresh);
    editor.on("afterPaste", () => setTimeout(refresh));
    refresh();
  };

  CKEDITOR.on("instanceReady", ({ editor }) => {
    editor.dataProcessor.dataFilter.addRules({ elements: { img: asLink } }, { applyToAll: true, priority: 1 });
    addBar(editor);
    editor.on("paste", ({ data }) => {
      // Pictures of a page of WeChat have their address elsewhere, and would be taken out.
      data.dataValue = data.dataValue?.replace(/<img\b[^>]*>/gi, (tag) => (/\ssrc\s*=/i.test(tag) ? tag : tag.replace(/\sdata-src\s*=/i, " src=")));
    }, null, null, 1);
    editor.on("paste", async ({ data }) => {
      const html = data.dataTransfer?.getData("text/html", true) || "";
      if (!html) return;
      const answer = await ask(editor, editor.config.pastedUrl, { html: html.slice(0, 1000000) });
      const told = (answer?.dropped ?? []).map(({ what, count }) => `${what} ${count} 处`);
      if (told.length) editor.showNotification(`粘贴时没有带过来：${told.join("；")}。`, "info", 15000);
    }, null, null, 1);
  });
}
