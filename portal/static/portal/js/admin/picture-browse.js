/* The library's window: a chosen picture is handed to the editor that opened it. */
"use strict";
{
  const grid = document.querySelector("[data-function]");
  grid.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-url]");
    if (!button || !window.opener?.CKEDITOR) return;
    const { url, alt, width, height } = button.dataset;
    window.opener.CKEDITOR.tools.callFunction(Number(grid.dataset.function), url, { alt, width, height });
    window.close();
  });
}
