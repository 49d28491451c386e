// 阅读工具: opens and closes the panel and tells reading-choices.js what was chosen in it. Without this, the button is
// a link to the page that explains it.
{
  const panel = document.querySelector("[data-reading-tools]");
  const opener = document.querySelector("[data-reading-open]");
  if (panel && opener) {
    const root = document.documentElement;
    const inputs = [...panel.querySelectorAll("input")];

    const sync = () => {
      for (const input of inputs) input.checked = (root.dataset[input.name] ?? "") === input.value;
    };
    const show = (open) => {
      panel.hidden = !open;
      opener.setAttribute("aria-expanded", open);
      if (open) {
        sync();
        panel.focus();
      }
    };
    const close = () => {
      show(false);
      opener.focus();
    };
    const choose = (detail) => document.dispatchEvent(new CustomEvent("reading:choose", { detail }));

    opener.setAttribute("role", "button");
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-controls", panel.id);
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      show(panel.hidden);
    });
    opener.addEventListener("keydown", (event) => {
      if (event.key === " ") {
        event.preventDefault();
        opener.click();
      }
    });
    panel.querySelector("[data-reading-close]").addEventListener("click", close);
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
    panel.addEventListener("change", ({ target }) => {
      const off = target.type === "checkbox" && !target.checked;
      choose({ [target.name]: off ? "" : target.value });
    });
    panel.querySelector("[data-reading-reset]").addEventListener("click", () => {
      choose(Object.fromEntries(inputs.map((input) => [input.name, ""])));
      document.getElementById("text-size-medium")?.click();
      sync();
    });
    addEventListener("storage", sync);
  }
}
