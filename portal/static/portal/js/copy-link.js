// 复制链接.
for (const button of document.querySelectorAll("[data-copy-link]")) {
  if (!navigator.clipboard) continue; // not a secure origin: the address bar remains
  const done = document.querySelector("[data-copy-done]");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copyLink);
      done.textContent = "已复制";
    } catch {
      done.textContent = "没有复制成功";
    }
    setTimeout(() => (done.textContent = ""), 4000);
  });
  button.hidden = false;
}
