// Text selected in the message is added to the list of what else is hidden. Without this script staff type it.

const list = document.querySelector("[data-mask-words]");

function add() {
  const selection = window.getSelection();
  const words = selection.toString().trim();
  const from = selection.anchorNode && selection.anchorNode.parentElement;
  if (!words || words.includes("\n") || !from || !from.closest("[data-mask-source]")) return;
  const lines = list.value.split("\n").filter(Boolean);
  if (!lines.includes(words)) list.value = [...lines, words].join("\n");
}

if (list) {
  for (const source of document.querySelectorAll("[data-mask-source]")) {
    source.addEventListener("mouseup", add);
    source.addEventListener("keyup", add);
    source.addEventListener("touchend", add);
  }
}
