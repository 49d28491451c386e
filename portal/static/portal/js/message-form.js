// The message form shows the contact that the topic asks for. Without this script both stand there, and the server judges.
const topic = document.querySelector("[data-topic]");
if (topic) {
  const SHOWN = { phone: ["phone"], email: ["email"], either: ["phone", "email"], none: [] };
  const show = () => {
    const shown = SHOWN[topic.selectedOptions[0]?.dataset.asks] ?? SHOWN.either;
    for (const name of SHOWN.either) {
      document.querySelector(`.field-${name}`)?.toggleAttribute("hidden", !shown.includes(name));
    }
  };
  topic.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}

// 内容有误？ What is marked in an article goes along to the form, within this tab.
const report = document.querySelector("[data-report]");
report?.addEventListener("mousedown", (event) => event.preventDefault()); // keeps what is marked
report?.addEventListener("click", () => {
  const text = String(getSelection()).trim().slice(0, 500);
  try {
    if (text) sessionStorage.setItem(`passage:${report.dataset.report}`, text);
  } catch {
    // no storage: the passage is typed
  }
});
const article = document.querySelector("[data-article]");
const passage = article?.form.elements.passage;
if (passage && !passage.value) {
  try {
    passage.value = sessionStorage.getItem(`passage:${article.value}`) ?? "";
  } catch {
    // no storage
  }
}

// A receipt's address carries number and code behind "#", which no server and no log ever sees.
const number = document.querySelector("[data-receipt-number]");
const [given, code] = location.hash.slice(1).split(".");
if (number && code && /^[0-9]{14}$/.test(given)) {
  number.value = given;
  document.querySelector("[data-receipt-code]").value = code;
  history.replaceState(null, "", location.pathname);
}
