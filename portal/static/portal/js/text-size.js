// Remembers the size of the text that the reader chose. The choosing itself is the style sheet's.
{
  const KEY = "text-size";
  const box = document.querySelector("[data-text-size]");
  if (box) {
    const read = () => {
      try {
        return localStorage.getItem(KEY);
      } catch {
        return null; // storage is switched off: the choice holds for this page
      }
    };
    const kept = box.querySelector(`input[value="${CSS.escape(read() ?? "")}"]`);
    if (kept) kept.checked = true;
    box.addEventListener("change", (event) => {
      try {
        localStorage.setItem(KEY, event.target.value);
      } catch {
        // as above
      }
    });
  }
}
