/* The form of an article is kept on the server a few seconds after typing stops; what cannot be kept there stays in the
   browser (browser-copy.js), and an editor whose session is over is told before he loses anything. */
"use strict";
addEventListener("load", () => {
  const WAIT = 4000; // milliseconds without a key
  const AT_LEAST = 30000; // while typing goes on
  const status = document.querySelector("[data-autosave]");
  const form = status?.closest("form");
  if (!form) return;
  let timer, unsavedSince, asking, sending, isOver;

  const fields = () => {
    for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) editor.updateElement();
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };

  const failed = (data, message) => {
    status.textContent = message;
    status.classList.add("is-failed");
    form.dispatchEvent(new CustomEvent("autosave:failed", { detail: data }));
  };

  const loggedOut = (data) => {
    isOver = true;
    failed(data, "登录已过期，没有存到服务器。内容已留在这台电脑的浏览器里：请重新登录，再打开这一页，点“恢复”。");
    const link = Object.assign(document.createElement("a"), { href: status.dataset.login, target: "_blank", textContent: "重新登录" });
    link.href += `?next=${encodeURIComponent(location.pathname)}`;
    status.append(" ", link);
  };

  const save = async () => {
    clearTimeout(timer);
    unsavedSince = undefined;
    const data = fields();
    try {
      const answer = await fetch(status.dataset.autosave, { method: "POST", body: data, redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 403) return loggedOut(data);
      const { message } = await answer.json();
      if (!answer.ok) return failed(data, message);
      isOver = false;
      status.textContent = message;
      status.classList.remove("is-failed");
      form.dispatchEvent(new CustomEvent("autosave:done"));
    } catch {
      failed(data, "连不上服务器，内容暂时留在这台电脑的浏览器里。");
    }
  };

  const changed = () => {
    unsavedSince ??= Date.now();
    clearTimeout(timer);
    timer = setTimeout(save, Date.now() - unsavedSince > AT_LEAST ? 0 : WAIT);
  };

  django.jQuery(form).on("input change", changed);
  window.CKEDITOR?.on("instanceReady", ({ editor }) => editor.on("change", changed));
  for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) editor.on("change", changed);
  addEventListener("visibilitychange", () => document.hidden && unsavedSince && save());

  // Is the session still there? Asked before the form goes, because a login page would take its place.
  form.addEventListener("submit", async (event) => {
    if (sending || event.submitter?.hasAttribute("data-no-autosave")) return;
    event.preventDefault();
    if (asking) return; // clicked twice
    asking = true;
    await save();
    asking = false;
    if (isOver) return;
    sending = true;
    form.requestSubmit(event.submitter);
  });
  addEventListener("pageshow", () => (sending = false));
});
