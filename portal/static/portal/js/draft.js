// A form's text outlives a closed tab: kept in this browser until it is sent. Names and contacts are not kept.
const DAYS = 7 * 24 * 3600 * 1000;
const key = (name) => `draft:${name}`;
const done = document.querySelector("[data-draft-done]");
const form = document.querySelector("[data-draft]");

const put = (name, value) => {
  try {
    if (value) localStorage.setItem(key(name), JSON.stringify(value));
    else localStorage.removeItem(key(name));
    return true;
  } catch {
    return false; // the browser allows no storage: the form works without
  }
};
const take = (name) => {
  try {
    const kept = JSON.parse(localStorage.getItem(key(name)));
    return kept?.at > Date.now() - DAYS && typeof kept.fields === "object" ? kept.fields : null;
  } catch {
    return null;
  }
};

if (done) put(done.dataset.draftDone, null);
if (form) {
  const name = form.dataset.draft + (form.elements.article ? `:${form.elements.article.value}` : "");
  const state = form.querySelector("[data-draft-state]");
  const texts = ["topic", "title", "body", "passage"].map((field) => form.elements[field]).filter(Boolean);
  const forget = document.createElement("button");
  forget.type = "button";
  forget.className = "button button-quiet";
  forget.textContent = "清除草稿";
  const say = (words) => {
    state.textContent = words;
    if (texts.some((field) => field.value)) state.after(forget);
  };
  forget.addEventListener("click", () => {
    put(name, null);
    for (const field of texts) field.value = "";
    forget.remove();
    say("草稿已清除。");
  });
  const kept = take(name);
  if (kept && !texts.some((field) => field.tagName !== "SELECT" && field.value)) {
    for (const field of texts) if (typeof kept[field.name] === "string") field.value = kept[field.name];
    say("已恢复您上次没有提交的内容。");
  }
  let timer;
  form.addEventListener("input", (event) => {
    if (!texts.includes(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const fields = Object.fromEntries(texts.map((field) => [field.name, field.value]));
      if (put(name, { at: Date.now(), fields })) say("草稿已保存在这台设备上。");
    }, 1200);
  });
}
