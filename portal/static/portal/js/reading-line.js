// 阅读线: a line across the page, under the words at the pointer or at what has the focus.
{
  const BELOW = 14; // px
  const root = document.documentElement;
  const band = document.createElement("div");
  band.className = "reading-line";
  band.setAttribute("aria-hidden", "true");

  const move = (y) => band.style.setProperty("--y", `${Math.round(y)}px`);
  const onPointer = (event) => move(event.clientY + BELOW);
  const onFocus = (event) => {
    const box = event.target.getBoundingClientRect();
    move(Math.min(box.bottom + 2, innerHeight - BELOW));
  };

  const follow = () => {
    const on = root.dataset.line === "on";
    if (on === band.isConnected) return;
    if (on) {
      move(innerHeight / 2);
      document.body.append(band);
      addEventListener("pointermove", onPointer, { passive: true });
      document.addEventListener("focusin", onFocus);
    } else {
      band.remove();
      removeEventListener("pointermove", onPointer);
      document.removeEventListener("focusin", onFocus);
    }
  };

  new MutationObserver(follow).observe(root, { attributeFilter: ["data-line"] });
  follow();
}
