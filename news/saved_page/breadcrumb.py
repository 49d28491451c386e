import re

from news.saved_page.box_names import BREADCRUMB
from news.saved_page.folding import fold

_LABEL = re.compile(
    r"(?:[您你]?(?:现在|当前|目前)?(?:所在)?的?(?:位置|栏目)|[您你]在这里)\s*(?:是|为)?\s*[:>»›]|(?:当前|所在|您的|你的)位置"
)
_BARE = re.compile(r"(?:[^\s>»›]{1,12}\s*[>»›]+\s*)?(?:网站|本站|返回)?首页\s*[>»›/→\\|-]")
_STEPS = re.compile(r"[^>]{2,15}(?:\s*>+\s*[^>]{2,20}){1,5}")
_SEPARATOR = re.compile(r"[>»›→\\|/\x1f\n]+|\s-+\s|::|(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_HOME = re.compile(r"(?:网站|本站|返回|门户)?(?:首页|主页)|home", re.I)
_LAST = re.compile(
    r"正文|(?:新闻|信息|文章|内容|公告|通知)?(?:内容|正文|详情|详细|详细信息|详细内容|浏览|阅读)(?:页|页面)?|查看(?:文章|信息|内容|详情)?"
)
NAME_MAX = 30  # characters of the name of a column
DEPTH_MAX = 6


def find(page):
    """Return what follows 当前位置 on the page, steps set apart by a separator or "\x1f"; "" where it has none.

    A box that is called a breadcrumb is believed; else a label tells, or a line of short steps that begins with 首页.
    """
    for box in page.boxes:
        text = (
            "\n".join(line.crumbs or line.text for line in page.lines[box.start : box.end])
            if box.names & BREADCRUMB
            else ""
        )
        if "首页" in text[:40] and len(text) <= 300:
            label = _LABEL.search(fold(text))
            return text[label.end() :] if label else text
    for pattern in (_LABEL, _BARE):
        for number, line in enumerate(page.lines):
            text = line.crumbs or line.text
            match = pattern.search(fold(text.strip("\x1f"))[:40]) if len(text) <= 300 else None
            if match and (match.start() == 0 or pattern is _LABEL):
                return _continued(page.lines, number, text.strip("\x1f")[match.end() :] if pattern is _LABEL else text)
    return _steps_from_site(page)


def _steps_from_site(page):
    """Return the steps of a line such as 今日望江 > 园区, where the page's <title> ends with the first of them."""
    for line in page.lines[:60]:
        if line.link_chars and _STEPS.fullmatch(fold(line.text)):
            site, _, steps = fold(line.text).partition(">")
            if fold(page.heading).endswith(site.strip()):
                return steps
    return ""


def _continued(lines, number, text):
    for line in lines[number + 1 : number + 12]:
        following = line.crumbs or line.text
        before, after = fold(text).rstrip(" \x1f"), fold(following).lstrip(" \x1f")
        tied = not before.strip(": ") or before[-1] in ">»›→/" or after[:1] in tuple(">»›→/")
        if not tied or len(following) > 60:
            break
        text += "\n" + following
    return text


def column_path(text, *, title=""):
    """Return the names of the columns in `text`, from the top down; 首页, 正文 and the title left out."""
    names, start = [], 0
    for separator in _SEPARATOR.finditer(fold(text) + "\n"):
        names.append(text[start : separator.start()].strip(" \xa0\u3000:\uff1a·"))
        start = separator.end()
    names = [name for name in names if name]
    home = [number for number, name in enumerate(names) if _HOME.fullmatch(name)]
    path = []
    for name in names[home[-1] + 1 if home else 0 :]:
        is_title = name == title or (len(name) > 6 and title.startswith(name.rstrip("….")[:20]))
        if is_title or len(name) > NAME_MAX or _LAST.fullmatch(name):
            break
        path.append(name)
    return tuple(path[:DEPTH_MAX])
