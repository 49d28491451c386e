/* 校对: what is found stands under the text; each finding leads to its place, and is mended where that is certain. */
"use strict";
{
  const proof = globalThis.portalProof;
  const FIELDS = ["title", "subtitle", "summary", "author", "original_title", "source", "source_url", "kind", "published_at"];
  const part = (name) => panel.querySelector(`[data-proof-${name}]`);
  const say = (text) => (part("status").textContent = text);
  let panel;
  let found = [];

  const button = (label, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, className: "proof-act" });
    made.addEventListener("click", act);
    return made;
  };

  const line = (finding) => {
    const item = Object.assign(document.createElement("li"), { className: `proof-${finding.level}` });
    const head = document.createElement("b");
    head.textContent = `${finding.level === "block" ? "阻止提交" : "提醒"} · ${finding.kind}`;
    item.append(head, " ");
    if (finding.text && finding.picture === null) {
      item.append(Object.assign(document.createElement("q"), { textContent: finding.text.slice(0, 40) }), " ");
    }
    item.append(finding.message, " ", button("到这里", () => proof.show(finding)));
    if (finding.suggestion !== null) {
      const label = finding.suggestion ? `改为“${finding.suggestion}”` : "删去";
      item.append(" ", button(label, () => mend([finding])));
    }
    return item;
  };

  const check = async (lead = "") => {
    const form = panel.closest("form");
    const sent = new FormData();
    for (const name of FIELDS) sent.set(name, form.elements[name]?.value ?? "");
    sent.set("body", proof.editor()?.getData() ?? form.elements.body?.value ?? "");
    sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const response = await fetch(panel.dataset.check, { method: "POST", body: sent }).catch(() => null);
    const answer = await response?.json().catch(() => null);
    if (!answer?.findings) return say(answer?.error ?? "没有检查成，请保存后再试。");
    found = answer.findings;
    part("list").replaceChildren(...found.map(line));
    const stopping = found.filter(({ level }) => level === "block").length;
    const certain = found.filter(({ suggestion }) => suggestion !== null).length;
    part("mend-all").hidden = certain < 2;
    const sum = found.length ? `${found.length} 处要核对，${stopping} 处会阻止提交，${certain} 处可以直接改正。` : "没有发现问题。";
    say(lead + sum);
    return proof.mark(found);
  };

  const mend = (findings) => {
    const editor = proof.editor();
    editor?.fire("saveSnapshot");
    // From the last to the first: what stands before a place stays where it is.
    const done = [...findings].reverse().filter((finding) => proof.mend(finding)).length;
    editor?.fire("change");
    editor?.fire("saveSnapshot");
    return check(done < findings.length ? "文字已有改动，重新检查了：" : `已改正 ${done} 处。`);
  };

  const begin = () => {
    panel = document.querySelector("[data-proofing]");
    if (!panel || !document.getElementById("id_title")) return;
    part("check").hidden = false;
    part("check").addEventListener("click", () => check());
    part("mend-all").addEventListener("click", () => mend(found.filter(({ suggestion }) => suggestion !== null)));
    globalThis.CKEDITOR?.on("instanceReady", ({ editor }) => {
      if (editor.name === "id_body" && (editor.getData() || document.getElementById("id_title").value)) check();
    });
  };
  document.addEventListener("DOMContentLoaded", begin);
}
