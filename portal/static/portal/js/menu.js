// The menu of small screens. Without this, the link leads to the menu and the style sheet opens it.
{
  const toggle = document.querySelector("[data-menu-toggle]");
  const menu = document.querySelector("[data-menu]");
  if (toggle && menu) {
    const show = (open) => {
      menu.classList.toggle("is-open", open);
      toggle.classList.toggle("is-open", open);
      toggle.setAttribute("aria-expanded", open);
    };
    toggle.setAttribute("role", "button");
    toggle.setAttribute("aria-controls", menu.id);
    menu.classList.add("is-managed");
    show(location.hash === "#menu");
    toggle.addEventListener("click", (event) => {
      event.preventDefault();
      show(!menu.classList.contains("is-open"));
    });
    toggle.addEventListener("keydown", (event) => {
      if (event.key === " ") {
        event.preventDefault();
        toggle.click();
      }
    });
    menu.querySelector(".menu-end").addEventListener("click", (event) => {
      event.preventDefault();
      show(false);
      toggle.focus();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.classList.contains("is-open")) {
        show(false);
        toggle.focus();
      }
    });
  }
}
