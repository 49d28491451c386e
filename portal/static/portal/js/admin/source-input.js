/* 来源: names and aliases are suggested while typing. */
"use strict";
{
  const WAIT = 200; // milliseconds without a key

  const suggest = async (input) => {
    const list = document.getElementById(input.getAttribute("list"));
    const response = await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(input.value.trim())}`);
    if (!response.ok) return;
    const { sources } = await response.json();
    list.replaceChildren(...sources.map(({ name, alias }) => new Option(alias, name)));
  };

  let timer;
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("input[data-suggestions]")) return;
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT, target);
  });
}
