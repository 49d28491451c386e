// 收藏: the button of an article. The list is kept in this browser and nowhere else.
{
  const KEY = "favorites";
  const MOST = 500;
  const button = document.querySelector("[data-favorite]");

  const load = () => {
    try {
      const list = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(list) ? list : [];
    } catch {
      return [];
    }
  };

  if (button) {
    const { url, title, date } = button.dataset;
    const word = button.querySelector("[data-favorite-word]");
    const show = (kept) => {
      button.setAttribute("aria-pressed", kept);
      word.textContent = kept ? "已收藏" : "收藏";
    };
    button.addEventListener("click", () => {
      const others = load().filter((item) => item.url !== url);
      const kept = button.getAttribute("aria-pressed") === "true";
      try {
        localStorage.setItem(KEY, JSON.stringify(kept ? others : [{ url, title, date }, ...others].slice(0, MOST)));
        show(!kept);
      } catch {
        word.textContent = "浏览器不允许保存";
      }
    });
    show(load().some((item) => item.url === url));
    button.hidden = false;
  }
}
