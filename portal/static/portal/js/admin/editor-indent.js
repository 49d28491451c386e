/* The button 首行缩进: the first line of the paragraphs in the selection begins two characters in, or no longer does. */
"use strict";
{
  const PROPERTY = "text-indent";
  const BLOCKS = { p: 1, div: 1, h2: 1, h3: 1, h4: 1, li: 0 };

  const chosen = (editor) => {
    const blocks = [];
    for (const range of editor.getSelection()?.getRanges() ?? []) {
      const iterator = range.createIterator();
      for (let block; (block = iterator.getNextParagraph("p")); ) {
        if (BLOCKS[block.getName()]) blocks.push(block);
      }
    }
    return blocks;
  };

  const isIndented = (block) => Boolean(parseFloat(block.getStyle(PROPERTY)));

  CKEDITOR.plugins.add("firstlineindent", {
    init(editor) {
      editor.addCommand("firstlineindent", {
        allowedContent: `p div h2 h3 h4{${PROPERTY}}`,
        contextSensitive: true,
        exec() {
          const bookmarks = editor.getSelection().createBookmarks();
          const blocks = chosen(editor);
          const on = !blocks.every(isIndented);
          blocks.forEach((block) => (on ? block.setStyle(PROPERTY, "2em") : block.removeStyle(PROPERTY)));
          editor.getSelection().selectBookmarks(bookmarks);
          editor.fire("saveSnapshot");
          this.refresh(editor, editor.elementPath());
        },
        refresh(_, path) {
          const block = path?.block;
          this.setState(block && isIndented(block) ? CKEDITOR.TRISTATE_ON : CKEDITOR.TRISTATE_OFF);
        },
      });
      editor.ui.addButton("FirstLineIndent", { label: "首行缩进", command: "firstlineindent", toolbar: "align,50" });
    },
  });
}
