"""What a text itself says: links, markup of other forums, a way to be lured to, the language."""

import re
import unicodedata

LINK = re.compile(
    r"(?:https?://|\bwww\.)[\w.:-]*|(?<![\w@.])[a-z0-9-]{2,}\.(?:com|net|org|cn|top|xyz|vip|cc|icu|club|shop|site|online|ru|io|me|info|win|bet|app)\b"
)
MARKUP = re.compile(r"\[/?(?:url|link|img)\b|<a\s|</a>|href\s*=|<iframe|<script")
# "加微信 abc123": a call to write to a number or name somewhere else.
LURE = re.compile(
    r"(?:加|\+|联系|添加|咨询|私)?[ :\uff1a]*(?:微信|薇信|威信|徽信|微心|v信|v\s?x|w\s?x|wechat|weixin|扣扣|q{2}|电报|telegram|t\.me/|whats\s?app)"
    r"(?:号|群|客服)?[ :\uff1a/@+是为]*[a-z0-9_-]{5,}"
)
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff]")
RUN = re.compile(r"(.)\1{9,}")
LETTERS_MIN = 12  # fewer say nothing about a language
HAN_FEW = 0.1


def links_in(text):
    return len(LINK.findall(text))


def judged(text):
    """Yield (reason, points) for `text`."""
    text = unicodedata.normalize("NFKC", text).casefold()
    links = links_in(text)
    if links:
        yield f"有 {links} 个链接", 1 if links == 1 else 2 if links == 2 else 4
    if MARKUP.search(text):
        yield "有论坛或网页代码", 4
    if LURE.search(text):
        yield "要求加微信、QQ 等账号", 2
    letters = sum(map(str.isalpha, text))
    han = len(HAN.findall(text))
    if letters >= LETTERS_MIN and han < HAN_FEW * letters:
        yield "不是中文", 3
    if RUN.search(text.replace(" ", "")):
        yield "连续重复的字符", 1
