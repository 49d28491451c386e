// Sections with headings become tabs (ARIA Authoring Practices: tabs with automatic activation).
for (const box of document.querySelectorAll("[data-tabs]")) {
  const panels = [...box.querySelectorAll(":scope > [data-tab]")];
  if (panels.length < 2) continue;
  const list = document.createElement("div");
  list.className = "tab-list";
  list.setAttribute("role", "tablist");

  const tabs = panels.map((panel, index) => {
    const heading = panel.querySelector(".tab-title");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.className = "tab-button";
    tab.id = `${panel.id}-tab`;
    tab.textContent = heading.textContent;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    heading.hidden = true;
    tab.addEventListener("click", () => choose(index));
    list.append(tab);
    return tab;
  });

  const choose = (chosen) => {
    tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", index === chosen);
      tab.tabIndex = index === chosen ? 0 : -1;
      panels[index].hidden = index !== chosen;
    });
  };

  list.addEventListener("keydown", (event) => {
    const from = tabs.indexOf(document.activeElement);
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (from < 0 || to === undefined) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    choose(next);
    tabs[next].focus();
  });

  list.setAttribute("aria-label", box.dataset.tabs);
  panels[0].before(list);
  box.classList.add("is-tabbed");
  choose(0);
}
