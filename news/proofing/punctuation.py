"""Half-width punctuation between Han characters, and question marks that stand for a character that was lost."""

import re

from news.proofing.findings import Finding, Level

FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_BEFORE, _AFTER = f"{HAN}”’》）】", f"{HAN}“‘《（【"
# Each begins with the mark itself and looks behind after it: so the engine leaps from mark to mark.
_BETWEEN = re.compile(f"[,;:?!](?<=[{_BEFORE}].)(?=[{_AFTER}])")
_AT_END = re.compile(f"[,;:?!.](?<=[{_BEFORE}].)(?=[ \\u00a0\\u3000]*(?:\n|$))")
_DOT = re.compile(f"\\.(?<=[{HAN}].)(?=[{HAN}])")
_BRACKETS = re.compile(f"\\((?<=[{HAN}].)([^()（）\\[\\]\n]{{0,60}}[{HAN}][^()（）\\[\\]\n]{{0,60}})\\)")
_STRAY = re.compile("[ \u00a0\u3000?](?<=[。，；：、].)(?<![?][?])[ \u00a0\u3000]*\\?*(?<=[?])")
_LOST = re.compile("[\ufffd\ue000-\uf8ff]+")


def find(texts):
    for name, text in texts.items():
        yield from _half_width(name, text)
        for match in _STRAY.finditer(text):
            message = "标点后面多了一个“?”，可能是不能识别的字符变成的。"
            yield _finding(name, match, "stray", message, "")
        for match in _LOST.finditer(text):
            yield _finding(name, match, "stray", "有不能识别的字符，请对照原稿补上。", None)


def _half_width(name, text):
    patterns = (_BETWEEN, _AT_END) if name != "title" else (_BETWEEN,)
    for pattern in patterns:
        for match in pattern.finditer(text):
            full = FULL[match[0]]
            yield _finding(name, match, "halfwidth", f"汉字之间的“{match[0]}”应为全角“{full}”。", full)
    for match in _DOT.finditer(text):
        yield _finding(name, match, "halfwidth", "汉字之间的“.”：请改成句号“。”或间隔号“·”。", None)
    for match in _BRACKETS.finditer(text):
        message = f"汉字之间的括号应为全角：“（{match[1]}）”。"
        yield _finding(name, match, "halfwidth", message, f"（{match[1]}）")


def _finding(name, match, kind, message, suggestion):
    return Finding(name, match.start(), match.end(), match[0], kind, Level.WARN, message, suggestion)
