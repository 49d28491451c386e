// Pop-overs and sub-menus open on hover and focus by the style sheet. This closes them on Escape, tells assistive
// technology whether they are open, and lets a second click on the button close what the first one opened.
{
  const closers = ".site-nav-item, [data-popover]";

  for (const box of document.querySelectorAll("[data-popover]")) {
    const button = box.querySelector("button");
    const panel = box.querySelector(".popover");
    const tell = () => button.setAttribute("aria-expanded", getComputedStyle(panel).display !== "none");
    button.setAttribute("aria-controls", panel.id);
    button.setAttribute("aria-expanded", "false");
    let wasOpen = false;
    button.addEventListener("pointerdown", () => {
      wasOpen = document.activeElement === button && !box.classList.contains("is-closed");
    });
    button.addEventListener("click", (event) => {
      button.focus();
      box.classList.toggle("is-closed", wasOpen && event.detail > 0);
      wasOpen = false;
      tell();
    });
    for (const kind of ["focusin", "mouseenter", "mouseleave"]) box.addEventListener(kind, tell);
    box.addEventListener("focusout", () => requestAnimationFrame(tell));
  }

  for (const box of document.querySelectorAll(closers)) {
    const forget = () => box.classList.remove("is-closed");
    box.addEventListener("mouseleave", forget);
    box.addEventListener("focusout", (event) => {
      if (!box.contains(event.relatedTarget)) forget();
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const box of document.querySelectorAll(closers)) {
      if (box.matches(":hover, :focus-within")) {
        box.classList.add("is-closed");
        box.querySelector("button")?.setAttribute("aria-expanded", "false");
      }
    }
  });
}
