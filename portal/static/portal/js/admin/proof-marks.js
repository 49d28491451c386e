/* Findings marked in the editor (by the browser's highlights: nothing is written into the text), shown and mended. */
"use strict";
{
  const proof = globalThis.portalProof;
  const root = () => proof.editor()?.editable()?.$;

  proof.mark = (findings) => {
    const inBody = findings.filter(({ field }) => field === "body");
    if (root()) proof.ranges(root(), inBody).forEach((range, index) => (inBody[index].range = range));
    if (!CSS.highlights) return;
    for (const level of ["block", "warn"]) {
      const ranges = inBody.filter((finding) => finding.level === level && finding.range).map(({ range }) => range);
      CSS.highlights.set(`proof-${level}`, new Highlight(...ranges));
    }
    CSS.highlights.delete("proof-now");
  };

  proof.show = ({ field, start, end, range, picture }) => {
    const input = document.getElementById(`id_${field}`);
    if (field !== "body") {
      input?.focus();
      if (end > start) input?.setSelectionRange?.(start, end);
      return;
    }
    const element = picture === null ? range?.startContainer.parentElement : proof.pictures(root())[picture];
    (element ?? root())?.scrollIntoView({ block: "center" });
    if (!range) {
      if (element) proof.editor().getSelection().selectElement(new CKEDITOR.dom.element(element));
      return;
    }
    if (CSS.highlights) CSS.highlights.set("proof-now", new Highlight(range));
    proof.editor().focus();
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range.cloneRange());
  };

  /* Put what is right in its place; false where the text has changed meanwhile. */
  proof.mend = ({ field, start, end, text, range, suggestion }) => {
    if (field !== "body") {
      const input = document.getElementById(`id_${field}`);
      if (input?.value.slice(start, end) !== text) return false;
      input.setRangeText(suggestion, start, end);
      return true;
    }
    if (!range || range.toString().replace(/\s/g, "") !== text.replace(/\s/g, "")) return false;
    const { startContainer, startOffset } = range;
    range.deleteContents();
    startContainer.insertData(startOffset, suggestion);  // where the wrong text began, with the looks that it had
    return true;
  };
}
