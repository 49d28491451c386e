// 朗读: the browser's own voice, paragraph by paragraph. The panel is then a small player; closing it stops the voice.
{
  const panel = document.querySelector("[data-read-aloud]");
  const speech = window.speechSynthesis;
  const READ = "h1, h2, h3, h4, p, li, dt, dd, th, td, figcaption, pre";
  const SKIPPED = "nav, aside, form, .article-line, .article-foot, .carousel-controls, [hidden], .visually-hidden, .popover";

  if (panel) {
    const tools = panel.closest("[data-reading-tools]");
    const [start, pause, stop] = panel.querySelectorAll("button");
    let [waiting, turn] = [[], 0]; // what an earlier turn still reports is not heard
    const mark = (element) => {
      document.querySelector(".is-read")?.classList.remove("is-read");
      element?.classList.add("is-read");
      element?.scrollIntoView({ block: "nearest" }); // below the bar: scroll-padding
    };
    const show = (words, reading, paused = false) => {
      panel.querySelector("[role=status]").textContent = words;
      pause.disabled = stop.disabled = !reading;
      tools.classList.toggle("is-reading", reading);
      pause.textContent = paused ? "继续" : "暂停";
    };
    const end = (words) => {
      turn += 1;
      speech?.cancel();
      mark(null);
      show(words, false);
    };
    const paragraphs = () => {
      const page = document.querySelector("main article") ?? document.querySelector("main");
      return [...page.querySelectorAll(READ)].filter(
        (item) => !item.closest(SKIPPED) && !item.querySelector(READ) && item.checkVisibility() && item.innerText.trim(),
      );
    };
    const voice = () => speech.getVoices().find((item) => /^(zh|cmn)/i.test(item.lang));
    const voicesCome = () =>
      new Promise((resolve) => {
        speech.addEventListener("voiceschanged", resolve, { once: true });
        setTimeout(resolve, voice() ? 0 : 1500);
      });

    const next = (mine) => {
      if (mine !== turn) return;
      const item = waiting.shift();
      if (!item) return end("读完了。");
      mark(item);
      // Some voices fall silent in long texts: sentence by sentence.
      const parts = item.innerText.match(/[^。！？；\n]+[。！？；]?/g) ?? [];
      const say = (number) => {
        if (mine !== turn || number >= parts.length) return next(mine);
        const words = Object.assign(new SpeechSynthesisUtterance(parts[number]), { lang: "zh-CN", voice: voice() });
        words.onend = () => say(number + 1);
        words.onerror = () => mine === turn && end("朗读中断了，请再试一次。");
        speech.speak(words);
      };
      say(0);
    };

    start.addEventListener("click", async () => {
      if (!speech) return show("这个浏览器不能朗读。", false);
      end("正在准备……");
      const mine = turn;
      await voicesCome();
      if (mine !== turn) return;
      if (!voice()) return show("这台设备上没有中文语音。请在系统的语音设置里添加，或者换一个浏览器。", false);
      waiting = paragraphs();
      show("正在朗读。", true);
      next(mine);
    });
    pause.addEventListener("click", () => {
      const resumes = speech.paused;
      speech[resumes ? "resume" : "pause"]();
      show(resumes ? "正在朗读。" : "已暂停。", true, !resumes);
    });
    stop.addEventListener("click", () => end("已停止。"));
    new MutationObserver(() => tools.hidden && end("")).observe(tools, { attributeFilter: ["hidden"] });
    addEventListener("pagehide", () => speech?.cancel());
  }
}
