// 加载更多: the rows of the next page come below those that are here. Without this, the link leads to the next page.
{
  const link = document.querySelector("[data-load-more]");
  const list = document.querySelector("[data-rows]");
  if (link && list) {
    const status = document.querySelector("[data-load-more-status]");
    const words = link.textContent;

    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // wants the page itself
      event.preventDefault();
      if (link.getAttribute("aria-busy") === "true") return;
      link.setAttribute("aria-busy", "true");
      link.textContent = "正在加载……";
      try {
        const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
        if (!answer.ok) throw new Error(answer.status);
        const next = new DOMParser().parseFromString(await answer.text(), "text/html");
        const rows = [...next.querySelectorAll("[data-rows] > li")];
        list.append(...rows);
        status.textContent = `又加载了 ${rows.length} 条。`;
        document.querySelector(".pagination")?.replaceWith(next.querySelector(".pagination") ?? "");
        rows[0]?.querySelector(".row-title").focus();
        const further = next.querySelector("[data-load-more]");
        if (further) link.href = further.href;
        else link.hidden = true;
        link.textContent = words;
        link.removeAttribute("aria-busy");
      } catch {
        location.assign(link.href);
      }
    });
  }
}
