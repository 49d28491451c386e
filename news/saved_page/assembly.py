"""The lines of a body as HTML: which of them are headings, and what belongs into one list."""

import re
from itertools import groupby

from news.saved_page.folding import fold
from news.saved_page.furniture import is_closed, is_sentence

HEADING_MAX = 40  # characters
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部]|\([一二三四五六七八九十]{1,3}\)"
)
_SECOND_LEVEL = re.compile(r"\([一二三四五六七八九十]{1,3}\)")
_NO_HEADING = re.compile(
    r"附件|附\s*:|附表|注\s*:|图[为一二三四:]|▲|△|\(|\d{4}年|来源|作者|记者|编辑|审核|责任|联系|电话|传真|邮箱|邮编|地址|网址|时间|地点|抄送|主办|承办|协办|报名"
)
_CREDIT = re.compile(r"(?:摄|供图|制图|/图|/文|报道)\)?$")
_LABELLED_FIGURE = re.compile(r":\s*[\d+]")


def html_of(lines):
    """Return the HTML of a body. Its highest headings are <h2>."""
    levels = _levels(lines)
    parts = []
    for (kind, group), run in groupby(
        enumerate(lines),
        key=lambda numbered: (numbered[1].kind, numbered[1].place[:2] if numbered[1].kind == "item" else None),
    ):
        run = list(run)
        if kind == "item":
            parts.append(_list(group[0], [line for _, line in run]))
        else:
            parts += [_block(line, levels.get(number)) for number, line in run]
    return "\n".join(part for part in parts if part)


def _list(tag, lines):
    items = groupby((line for line in lines if line.html), key=lambda line: line.place)
    content = "".join(f"<li>{'<br>'.join(line.html for line in item)}</li>" for _, item in items)
    return f"<{tag}>{content}</{tag}>" if content else ""


def _block(line, level):
    if line.kind == "table" or not line.html:
        return line.html
    if level and not line.pictures:
        return f"<h{level}>{_without_bold(line.html)}</h{level}>"
    align = f' style="text-align: {line.align}"' if line.align else ""
    return f"<p{align}>{line.html}</p>"


def _without_bold(html):
    return html.replace("<strong>", "").replace("</strong>", "")


def _levels(lines):
    """Return the level of heading by number of line, for the lines that are headings.

    Headings that the page marks up as such are believed. Bold paragraphs that read like headings come next; short
    plain lines are taken for headings only where the page marks up none.
    """
    marked = {number: line.level for number, line in enumerate(lines) if line.kind == "heading" and line.text}
    ranks = sorted(set(marked.values()))
    levels = {number: min(ranks.index(level) + 2, 4) for number, level in marked.items()}
    if marked:
        bold = (number for number, line in enumerate(lines) if line.bold and _reads_as_heading(lines, number))
        return dict.fromkeys(bold, 3) | levels
    found = [number for number in range(len(lines)) if _is_inferred(lines, number)]
    if not found:
        found = [number for number in range(1, len(lines)) if _is_short_heading(lines, number)]
    firsts = {number for number in found if not _SECOND_LEVEL.match(fold(lines[number].text))}
    return {number: 2 if number in firsts or not firsts else 3 for number in found}


def _is_inferred(lines, number):
    return _is_numbered_heading(lines, number) or (lines[number].bold and _reads_as_heading(lines, number))


def _reads_as_heading(lines, number):
    """Tell whether a bold paragraph is a heading: short, not closed as a sentence, and text follows."""
    line = lines[number]
    text = fold(line.text)
    if line.kind != "text" or line.align == "right" or len(text) > HEADING_MAX or number + 1 == len(lines):
        return False
    ends = text.endswith(("。", ";", ",", ":")) or "。" in text
    after_picture = number > 0 and lines[number - 1].pictures
    return not ends and not after_picture and not _NO_HEADING.match(text) and not _CREDIT.search(text)


def _is_numbered_heading(lines, number):
    text = fold(lines[number].text)
    return (
        bool(_NUMBERED.match(text))
        and lines[number].kind == "text"
        and len(text) <= HEADING_MAX
        and not _ends(text)
        and number + 1 < len(lines)
    )


def _is_short_heading(lines, number):
    """Tell whether a short line stands between running text as a heading does."""
    line, before = lines[number], lines[number - 1]
    after = lines[number + 1] if number + 1 < len(lines) else None
    text = fold(line.text)
    if (
        line.kind != "text"
        or line.align == "right"
        or line.link_chars
        or line.pictures
        or not 4 <= len(text) <= HEADING_MAX
        or _ends(text)
        or after is None
    ):
        return False
    if before.pictures:
        if before.align == line.align:  # its caption
            return False
    elif not is_sentence(before.text) or fold(before.text).endswith(":"):
        return False
    if _NO_HEADING.match(text) or _CREDIT.search(text) or _LABELLED_FIGURE.search(text):
        return False
    return after.kind == "text" and is_sentence(after.text) and len(after.text) > len(text)


def _ends(text):
    return is_closed(text) or text.endswith((",", "、")) or "。" in text
