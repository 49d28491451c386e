/* While the form of an article is open, the server is told every half a minute, and says who else has it open. */
"use strict";
{
  const EVERY = 30000; // milliseconds
  const banner = document.querySelector("[data-presence]");

  const beat = async () => {
    if (document.hidden) return;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", banner.closest("form").elements.csrfmiddlewaretoken.value);
    const answer = await fetch(banner.dataset.presence, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (!answer?.ok) return;
    const { message } = await answer.json();
    if (banner.textContent !== message) banner.textContent = message;
    banner.hidden = !message;
  };

  if (banner) {
    setInterval(beat, EVERY);
    document.addEventListener("visibilitychange", beat);
  }
}
