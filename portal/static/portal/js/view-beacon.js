// 点击量 where a CDN gives out the pages: one message for each opening, and the number as it is now.
{
  const place = document.querySelector("[data-view-beacon]");
  const tell = async () => {
    try {
      const answer = await fetch(place.dataset.viewBeacon, { method: "POST", keepalive: true });
      if (answer.ok) place.textContent = (await answer.json()).count;
    } catch {
      // not counted: the reader is off line
    }
  };
  if (place) {
    if (document.prerendering) document.addEventListener("prerenderingchange", tell, { once: true });
    else tell();
  }
}
