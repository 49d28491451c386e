// 我的收藏: draws the list that favorite.js keeps.
{
  const KEY = "favorites";
  const page = document.querySelector("[data-favorites]");

  const load = () => {
    try {
      const list = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      // Only addresses of this site: whatever wrote the storage, nothing else becomes a link.
      return Array.isArray(list) ? list.filter((item) => /^\/news\/\d+\/$/.test(item?.url)) : [];
    } catch {
      return [];
    }
  };

  if (page) {
    const list = page.querySelector("[data-favorites-list]");
    const row = page.querySelector("[data-favorites-row]");

    const keep = (items) => {
      localStorage.setItem(KEY, JSON.stringify(items));
      draw();
    };

    const drawn = (item) => {
      const copy = row.content.cloneNode(true);
      copy.querySelector("a").href = item.url;
      copy.querySelector("a").textContent = item.title;
      copy.querySelector(".row-date").textContent = item.date;
      const remove = copy.querySelector("button");
      remove.setAttribute("aria-label", `移除：${item.title}`);
      remove.addEventListener("click", () => {
        keep(load().filter((other) => other.url !== item.url));
        (list.querySelector("button") ?? document.getElementById("main")).focus();
      });
      return copy;
    };

    const draw = () => {
      const items = load();
      list.replaceChildren(...items.map(drawn));
      list.hidden = items.length === 0;
      page.querySelector("[data-favorites-tools]").hidden = items.length === 0;
      page.querySelector("[data-favorites-empty]").hidden = items.length > 0;
    };

    page.querySelector("[data-favorites-clear]").addEventListener("click", () => {
      keep([]);
      document.getElementById("main").focus();
    });
    draw();
  }
}
