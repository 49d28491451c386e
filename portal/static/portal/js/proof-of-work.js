// Finds a number whose SHA-256, behind the challenge's signature, begins with zero bits: instead of the question.
// Written out, because browsers offer crypto.subtle over https only. One block of 64 bytes is all it hashes.
const form = document.querySelector("[data-proof]");
const K = new Int32Array(64);
const START = new Int32Array(8);
let found = 0;
for (let number = 2; found < 64; number += 1) {
  let prime = true;
  for (let factor = 2; factor * factor <= number; factor += 1) if (number % factor === 0) prime = false;
  if (!prime) continue;
  if (found < 8) START[found] = (Math.sqrt(number) % 1) * 2 ** 32;
  K[found] = (Math.cbrt(number) % 1) * 2 ** 32;
  found += 1;
}
const words = new Int32Array(64);
const turn = (word, bits) => (word >>> bits) | (word << (32 - bits));

// The first 32 bits of the hash of `text`: ASCII, at most 55 characters.
const hash = (text) => {
  words.fill(0, 0, 16);
  for (let i = 0; i < text.length; i += 1) words[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
  words[text.length >> 2] |= 0x80 << (24 - (text.length % 4) * 8);
  words[15] = text.length * 8;
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i += 1) {
    if (i > 15) {
      const early = words[i - 15];
      const late = words[i - 2];
      const s0 = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
      const s1 = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
      words[i] = words[i - 16] + s0 + words[i - 7] + s1;
    }
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return (START[0] + a) | 0;
};

if (form) {
  const signature = form.dataset.proof.split(":").at(-1);
  const bits = Number(form.dataset.bits);
  const state = form.querySelector("[data-proof-state]");
  let number = 0;
  const work = () => {
    for (const end = number + 2000; number < end; number += 1) {
      if (hash(signature + number) >>> (32 - bits) === 0) {
        form.elements.proof.value = number;
        if (!form.elements.answer.value) form.elements.answer.closest(".field").hidden = true;
        state.textContent = "验证已经自动完成，直接点“提交留言”就可以。";
        return;
      }
    }
    setTimeout(work);
  };
  state.textContent = "正在自动验证，也可以直接回答上面的问题。";
  work();
}
