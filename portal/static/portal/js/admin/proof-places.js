/* Where the places that proofing tells are in the form: in a field, or in the editor's text.

   Places in the editor count what is not blank (as news/proofing/body.py does), because it breaks lines as it likes. */
"use strict";
globalThis.portalProof = {
  BLANK: /[\s\u0085\u00ad\u180e\u200b-\u200f\u2060\ufeff]/,
  SKIPPED: "a.remote-picture, [data-cke-temp], [data-cke-hidden-sel], [data-cke-bookmark], .cke_widget_drag_handler_container",

  editor: () => globalThis.CKEDITOR?.instances.id_body,

  texts(root) {
    const { SKIPPED } = globalThis.portalProof;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  },

  /* The ranges of the findings, in one walk over the text; null where the text is not there any more. */
  ranges(root, findings) {
    const { BLANK, texts } = globalThis.portalProof;
    const at = new Map(findings.flatMap(({ start, end }) => [[start, null], [end - 1, null]]));
    let count = 0;
    for (const node of texts(root)) {
      for (let index = 0; index < node.length; index += 1) {
        if (BLANK.test(node.data[index])) continue;
        if (at.has(count)) at.set(count, [node, index]);
        count += 1;
      }
    }
    return findings.map(({ start, end, text }) => {
      const [first, last] = [at.get(start), at.get(end - 1)];
      if (end <= start || !first || !last) return null;
      const range = document.createRange();
      range.setStart(...first);
      range.setEnd(last[0], last[1] + 1);
      const plain = (value) => [...value].filter((character) => !BLANK.test(character)).join("");
      return plain(range.toString()) === plain(text) ? range : null;
    });
  },

  pictures: (root) =>
    [...root.querySelectorAll("img")].filter((img) => (img.dataset.ckeSavedSrc ?? img.getAttribute("src"))?.startsWith("/")),
};
