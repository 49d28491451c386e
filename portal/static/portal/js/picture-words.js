// 纯文字: where a picture of the text is not shown, the words that describe it stand in its place.
{
  const PICTURES = ".prose img[alt]:not([alt='']):not([data-in-words])";

  const write = () => {
    if (!("plain" in document.documentElement.dataset)) return;
    for (const picture of document.querySelectorAll(PICTURES)) {
      const words = document.createElement("span");
      words.className = "picture-words";
      words.textContent = `（图片：${picture.alt}）`;
      picture.dataset.inWords = "";
      picture.after(words);
    }
  };

  write();
  document.addEventListener("reading:choose", write); // reading-choices.js has taken the choice by then
}
