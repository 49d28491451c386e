// The carousel is a list that scrolls and snaps. This adds steps, a pause button, and moves on by itself for readers
// who did not ask for less motion; it stands still under the pointer, with the focus inside, and in a hidden window.
{
  const SECONDS = 6;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  for (const box of document.querySelectorAll("[data-carousel]")) {
    const track = box.querySelector("[data-carousel-track]");
    const slides = [...box.querySelectorAll("[data-slide]")];
    if (slides.length < 2) continue;
    const place = box.querySelector("[data-carousel-place]");
    const pause = box.querySelector("[data-carousel-pause]");
    let stopped = calm.matches;

    const current = () => Math.round(track.scrollLeft / track.clientWidth);
    const go = (step) => {
      const next = (current() + step + slides.length) % slides.length;
      track.scrollTo({ left: next * track.clientWidth, behavior: calm.matches ? "auto" : "smooth" });
      return slides[next];
    };
    const stop = (value) => {
      stopped = value;
      pause.setAttribute("aria-pressed", stopped);
    };

    for (const button of box.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => go(Number(button.dataset.step)));
    }
    pause.addEventListener("click", () => stop(!stopped));
    track.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step) {
        event.preventDefault();
        const slide = go(step); // the focus goes along: out of sight it would be lost
        if (document.activeElement !== track) slide.querySelector("a").focus({ preventScroll: true });
      }
    });
    track.addEventListener("scroll", () => {
      place.textContent = `${current() + 1} / ${slides.length}`;
    });
    calm.addEventListener("change", () => stop(calm.matches));
    setInterval(() => {
      if (!stopped && !document.hidden && !box.matches(":hover, :focus-within")) go(1);
    }, SECONDS * 1000);

    stop(stopped);
    box.querySelector("[data-carousel-controls]").hidden = false;
  }
}
