// What the reader chose in the reading tools, put on <html> before anything is drawn: pages are the same for everybody
// and come from a cache, so the choice is kept in this browser. Not part of the bundle, which runs later.
{
  const KEY = "reading";
  const ALLOWED = {
    theme: ["contrast", "dark"],
    size: ["1", "2", "3"],
    leading: ["1", "2"],
    elder: ["on"],
    plain: ["on"],
    pointer: ["on"],
    line: ["on"],
  };
  const root = document.documentElement;

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? {};
    } catch {
      return {}; // nothing kept, or storage is switched off
    }
  };

  const apply = (choices) => {
    for (const [name, values] of Object.entries(ALLOWED)) {
      if (values.includes(choices[name])) root.dataset[name] = choices[name];
      else delete root.dataset[name];
    }
    // Large type needs the whole width: one column.
    root.toggleAttribute("data-simple", "elder" in root.dataset || ["2", "3"].includes(root.dataset.size));
  };

  apply(read());

  // Another window of the same reader, or the tools on this page.
  addEventListener("storage", (event) => {
    if (event.key === KEY) apply(read());
  });
  document.addEventListener("reading:choose", (event) => {
    const choices = { ...root.dataset, ...event.detail };
    apply(choices);
    try {
      const kept = Object.keys(ALLOWED).filter((name) => name in root.dataset);
      localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept.map((name) => [name, root.dataset[name]]))));
    } catch {
      // the choice holds for this page
    }
  });
}
