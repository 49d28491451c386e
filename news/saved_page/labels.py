"""The line under a title: 来源:… 发布时间:… 点击量:… and what else stands there, in all usual spellings.

Patterns here are matched against folded text (see `folding`), values are cut from the text itself.
"""

import re

from news.saved_page.dates import DAY
from news.saved_page.folding import fold
from news.saved_page.furniture import is_furniture

_SOURCE = r"(?:(?<![一-鿿])|(?<=[日分秒]))(?:(?:信息|稿件|文章|新闻|资料|内容|图文)?\s*来\s*源|稿源|出处)"
_AUTHOR = r"作\s*者|撰\s*稿(?:人)?|撰\s*文"
_EDITOR = r"责\s*任\s*编\s*辑|责\s*编|(?<![一-鿿])(?:本文|网络|值班|执行|本期|文字)?\s*编\s*辑"
_VIEWS = r"(?:点击|浏览|阅读|访问|查看|点阅|点读)(?:量|数|率|次数|人数|人次)?|人气(?:指数)?|已阅(?:读)?|浏览量"
_STRONG_DATE = r"(?:发布|发表|发文|发稿|上传|添加|录入|公布|刊发|公开|刊登|创建|加入)\s*(?:时\s*间|日\s*期)|发布于|发表于|(?:更新|修改)(?:时间|日期|于)"
_WEAK_DATE = r"(?<![一-鿿])(?:时\s*间|日\s*期)"
_LATE_DATE = r"(?:成文|生成|发文|印发|制发)\s*(?:日\s*期|时\s*间)"
_OTHERS = (
    r"审\s*核|审\s*签|校\s*对|初\s*审|复\s*审|终\s*审|监\s*制|摄\s*影|记\s*者|通讯员|发布(?:人|者|单位|机构|部门)|发文(?:单位|机构|机关)|信息员|录入(?:人|员)?|"
    r"上传(?:人|者)|供稿(?:人|单位)?|所属栏目|栏\s*目|分\s*类|类\s*别|关键[词字]|标\s*签|文\s*号|发文字号|索引号|主题词|有效性|主题分类|公开方式|公开范围|"
    r"信息名称|名\s*称|标\s*题|评论|下载(?:次数)?|信息分类|发布机关|服务对象|体裁分类|组配分类|文件编号|废止日期"
)
_TOOLS = r"字\s*[体号]|分\s*享|打\s*印|收\s*藏|关\s*闭|视力保护色|保护视力|二维码|扫一扫|微信扫码|语音播报|语音朗读|背景色|繁体"
_ANY = rf"(?:{_SOURCE}|{_AUTHOR}|{_EDITOR}|{_VIEWS}|{_STRONG_DATE}|{_LATE_DATE}|{_WEAK_DATE}|{_OTHERS})\s*:"
# A value ends where the next label, a date or a tool of the page begins.
_STOP = re.compile(
    rf"\s*[\[【(|丨/]?\s*(?:{_ANY}|(?<![一-鿿])(?:{_VIEWS})\s*[(\[]?\d|(?<![一-鿿])(?:{_TOOLS})(?:\s|:|$|\s*[\[【(])|(?<!\d){DAY}|[\[【(]\s*(?:{_TOOLS}|大\s))|\n|\s[|丨]|[。】\]]|$"
)
_KINDS = {
    "source": rf"(?:{_SOURCE})\s*:",
    "author": rf"(?:{_AUTHOR})\s*:",
    "editor": rf"(?:{_EDITOR})\s*:",
    "views": rf"(?:{_VIEWS})\s*[:\d(\[]",
    "tools": rf"(?:^|(?<=\s)|(?<=[\[【(|丨]))(?:{_TOOLS})(?:\s|:|$|[\[【(])",
    "date": rf"(?:{_STRONG_DATE}|{_LATE_DATE}|{_WEAK_DATE})\s*:?\s*\d{{4}}|(?:{_STRONG_DATE})\s*:",
    "other": rf"(?:{_OTHERS})\s*:",
}
_KINDS = {kind: re.compile(pattern, re.M) for kind, pattern in _KINDS.items()}
_NUMBER = r"\d[\d,]{0,14}"
_VIEWS_BEFORE = re.compile(rf"(?:{_VIEWS})\s*:?\s*[\[(【]?\s*({_NUMBER}(?:\.\d+)?)\s*(万)?")
_VIEWS_AFTER = re.compile(rf"({_NUMBER})(万)?\s*(?:次|人|人次)\s*(?:浏览|阅读|点击)(?!\w*:)")
_SOLE_EDITOR = re.compile(rf"[\[【(\s]*(?:{_EDITOR})\s*:")
_BARE_LABEL = re.compile(rf"[\[【(|\s]*{_ANY}\s*")
_NOBODY = {"未知", "不详", "无", "暂无", "admin", "管理员"}
_EDGES = " |丨·,;:\uff1a[]【】"
VIEWS_MAX = 2_000_000_000
VALUE_MAX = 60  # characters; what is longer is text that happens to hold a label
META_LINE_MAX = 150

STRONG_DATE = re.compile(rf"(?:{_STRONG_DATE})\s*[:\]】]?\s*")
UPDATED_DATE = re.compile(r"(?:更新|修改)(?:时间|日期|于)")
WEAK_DATE = re.compile(rf"(?:{_WEAK_DATE})\s*:\s*")
LATE_DATE = re.compile(rf"(?:{_LATE_DATE})\s*:\s*")


def kinds(text):
    """Return the kinds of label in `text`: source, author, editor, views, tools, date, other."""
    text = fold(text)
    return {kind for kind, pattern in _KINDS.items() if pattern.search(text)}


def is_meta_line(text):
    """Tell whether a line is labels and their values and no part of the body."""
    if len(text) > META_LINE_MAX:
        return False
    found = kinds(text)
    if len(found - {"other"}) >= 2:
        return True
    start = fold(text).lstrip(" [【(|")
    kept = [STRONG_DATE, *(_KINDS[kind] for kind in ("source", "author", "editor", "views", "tools"))]
    return any(pattern.match(start) for pattern in kept)


def is_bare_label(text):
    """Tell whether a line is a label whose value stands elsewhere, on the next line perhaps."""
    return len(text) <= 12 and _BARE_LABEL.fullmatch(fold(text)) is not None


def value(kind, text):
    """Return what the first label of `kind` (source, author, editor) in `text` says; "" where it says nothing.

    `text` is the lines of the labels and nothing of the body: a value may stand on the line below its label.
    """
    folded = fold(text)
    for match in _KINDS[kind].finditer(folded):
        start = match.end()
        found = _cut(text, folded, start)
        if not found:
            below = re.compile(r"[ \t]*\n").match(folded, start)
            found = _cut(text, folded, below.end()) if below else ""
        if found and found not in _NOBODY and not is_furniture(found):
            return found
    return ""


def _cut(text, folded, start):
    end = _STOP.search(folded, start).start()
    found = " ".join(text[start:end].split()).strip(_EDGES)
    if found.startswith(("(", "\uff08")):
        found = found.strip("()\uff08\uff09")
    if found.count("(") + found.count("\uff08") < found.count(")") + found.count("\uff09"):
        found = found.rstrip(")\uff09")
    return found if len(found) <= VALUE_MAX else ""


def before_labels(text):
    """Return a title without the labels that some templates put into the same heading."""
    folded = fold(text)
    day = re.search(DAY, folded)
    if day is None or not kinds(text):
        return text
    label = re.search(_ANY, folded)
    title = text[: min(day.start(), label.start() if label else day.start())].strip()
    return title if len(title) > 1 else text


def view_count(text):
    """Return the number of views that `text` gives, or None."""
    text = fold(text)
    for match in (*_VIEWS_BEFORE.finditer(text), *_VIEWS_AFTER.finditer(text)):
        number = float(match[1].replace(",", ""))
        number = round(number * 10_000 if match[2] else number)
        if number <= VIEWS_MAX:
            return number
    return None


def is_editor_line(text):
    """Tell whether a line does nothing but name the responsible editor: (责任编辑:张三)."""
    return len(text) <= VALUE_MAX and _SOLE_EDITOR.match(fold(text)) is not None
