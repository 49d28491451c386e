import re

from news.saved_page import anchor, breadcrumb, dates, labels, markup, plain
from news.saved_page.assembly import html_of
from news.saved_page.body import Selection, set_aside
from news.saved_page.decoding import decode
from news.saved_page.folding import fold
from news.saved_page.page import NotAnArticle, SavedPage

_DATE_METAS = (
    "pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "firstpublishedtime", "og:release_date",
    "datepublished", "dc.date", "dcterms.created",
)  # fmt: skip
BODY_MAX = 500_000  # characters of HTML, as much as the editor takes
TITLE_MAX = 100  # characters; a longer one is a paragraph that was taken for a title


def read(data):
    """Return the SavedPage in the bytes of a file. Raises NotAnArticle."""
    text = decode(data)
    page = markup.render(text) if markup.is_html(text) else plain.render(text)
    title_line = anchor.title_line(page)
    aside = set_aside(page, within=title_line)
    found = anchor.find(page, title_line, aside) or anchor.find(page, title_line, [False] * len(aside))
    moment = _moment(page, found)
    title, subtitle, title_line = anchor.title_of(page, found, title_line)
    if not 2 <= len(title) <= TITLE_MAX:
        raise NotAnArticle("没有找到标题" if len(title) < 2 else f"标题超过 {TITLE_MAX} 个字")
    selection, lines = _body(page, found, title_line)
    if subtitle and lines and subtitle in lines[0].text:
        lines.pop(0)
    if _is_list(page, lines, title_line):
        raise NotAnArticle("像是列表页，不是文章")
    body = html_of(lines)
    if not any(line.weight or line.has_file_link for line in lines) or not body:
        raise NotAnArticle("没有找到正文")
    if len(body) > BODY_MAX:
        raise NotAnArticle(f"正文太长，超过 {BODY_MAX // 10_000} 万个字符")
    return SavedPage(
        title=title,
        subtitle=subtitle,
        published_at=moment,
        body_html=body,
        column_path=_column_path(page, title),
        pictures=tuple(dict.fromkeys(path for line in lines for path in line.pictures)),
        notes=tuple(dict.fromkeys(note for line in lines for note in line.notes)),
        url=page.metas.get("url", ""),
        **_credits(page, found, selection, lines),
    )


def _moment(page, found):
    """Return when the article was published; raise NotAnArticle where the page does not tell.

    The meta tag decides, unless the line under the title tells the time of the same day and the tag does not.
    """
    told, has_time, error = None, False, found.error if found else ""
    for name in _DATE_METAS:
        if told is None and page.metas.get(name):
            try:
                told, has_time = dates.parse(page.metas[name])
            except dates.BrokenDate as broken:
                error = error or str(broken)
    shown = found.moment if found else None
    if told and shown and not has_time and told.date() == shown.date():
        return shown
    if told or shown:
        return told or shown
    if error:
        raise NotAnArticle(error)
    if page.has_password:
        raise NotAnArticle("像是登录页，不是文章")
    if sum(line.is_links for line in page.lines) >= 8 and not any(line.weight > 40 for line in page.lines):
        raise NotAnArticle("像是列表页，不是文章")
    raise NotAnArticle("没有找到发布时间")


def _body(page, found, title_line):
    """Return the Selection and the lines it chose; where the names of the boxes leave no body, regardless of them."""
    start = -1 if title_line is None else title_line
    first, last = (found.first, found.last) if found else (start, start)
    for believe_names in (True, False):
        selection = Selection(page, first=first, last=last, title=title_line, believe_names=believe_names)
        lines = selection.body()
        if any(line.weight for line in lines):
            break
    return selection, lines


def _is_list(page, lines, title_line):
    """Tell whether what was taken for an article is the first of several: their dates stand in its body."""
    dated = [
        line
        for line in lines
        if line.kind != "table" and len(line.text) <= labels.META_LINE_MAX and _is_dated(line.text)
    ]
    if title_line is not None and page.lines[title_line].is_links and page.lines[title_line].kind != "heading":
        return len(dated) >= 1
    return len(dated) >= 2


def _is_dated(text):
    text = fold(text)
    match = labels.STRONG_DATE.search(text)
    return match is not None and re.match(dates.DAY, text[match.end() :]) is not None


def _column_path(page, title):
    path = breadcrumb.column_path(breadcrumb.find(page), title=title)
    if not path and page.metas.get("columnname"):
        path = (page.metas["columnname"][: breadcrumb.NAME_MAX],)
    return path


def _credits(page, found, selection, body):
    """Return source, author, editor and view count, from the meta tags, the labels and what stands under the body."""
    around = "\n".join(line.text for line in page.lines[found.first : found.last + 1]) if found else ""
    below = page.lines[max(selection.last, 0) :]
    editor = labels.value("editor", around)
    for line in below:
        if not editor and labels.is_editor_line(line.text):
            editor = labels.value("editor", line.text)
    views = labels.view_count(around)
    for line in below:
        if views is None and len(line.text) <= labels.VALUE_MAX and "views" in labels.kinds(line.text):
            views = labels.view_count(line.text)
    source = page.metas.get("contentsource") or labels.value("source", around)
    if not source and body and len(body[-1].text) <= labels.VALUE_MAX:
        source = labels.value("source", body[-1].text)
    author = labels.value("author", around)
    if not author and page.metas.get("articletitle") and page.metas.get("author") not in (editor, source):
        author = page.metas.get("author", "")
    return {"source": source[:100], "author": author[:50], "editor": editor[:50], "view_count": views or 0}
