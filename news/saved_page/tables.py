"""Tables of data, kept as tables; tables that only lay out a page are read as if they were not there."""

from itertools import islice

from news.saved_page.folding import fold
from news.saved_page.lines import Line

_PAGE_WORDS = ("当前位置", "您的位置", "发布时间", "发布日期", "来源:", "上一篇")
CELL_MAX = 2_000  # characters; a longer one is the column of a page
CELLS_MAX = 20_000
SPAN_MAX = 100


def is_data(table):
    """Tell whether a <table> holds data: at least two rows of two columns, and nothing that belongs to a page."""
    if any(element.tag in ("table", "form", "h1") for element in table.iterdescendants()):
        return False
    widths, longest, text_length = [], 0, 0
    carried = []  # of cells from rows above that reach into this one: how many rows they have left
    cells = 0
    for row in table.iter("tr"):
        width = len(carried)
        carried = [rows - 1 for rows in carried if rows > 1]
        for cell in row.iterchildren("td", "th"):
            cells += 1
            length = sum(len(text.strip()) for text in cell.itertext())
            longest, text_length = max(longest, length), text_length + length
            width += 1
            if span(cell, "rowspan") > 1:
                carried.append(span(cell, "rowspan") - 1)
        widths.append(width)
    if not 4 <= cells <= CELLS_MAX or longest > CELL_MAX or not text_length:
        return False
    if longest > 200 and any(word in _beginning(table) for word in _PAGE_WORDS):
        return False
    columns = [width for width in widths if width >= 2]
    return len(columns) >= 2 and len(columns) >= 0.6 * len(widths)


def _beginning(table):
    return fold("".join(islice(table.itertext(), 2_000))[:20_000])


def span(cell, name):
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), SPAN_MAX) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def line(table, read_cell):
    """Return a data table as one Line. `read_cell` turns a cell into its lines."""
    rows, texts, made = [], [], Line(text="", html="", kind="table")
    caption = next(table.iterchildren("caption"), None)
    title = "".join(part.html for part in read_cell(caption)) if caption is not None else ""
    for row in table.iter("tr"):
        cells = [(cell, read_cell(cell)) for cell in row.iterchildren("td", "th")]
        rows.append("<tr>" + "".join(_cell(cell, lines) for cell, lines in cells) + "</tr>")
        texts.append("\t".join(" ".join(part.text for part in lines) for _, lines in cells))
        for part in (part for _, lines in cells for part in lines):
            made.link_chars += part.link_chars
            made.has_file_link = made.has_file_link or part.has_file_link
            made.pictures += part.pictures
            made.notes += part.notes
    made.text = "\t".join(texts)
    caption = f"<caption>{title}</caption>" if title else ""
    made.html = f"<table>{caption}<tbody>{''.join(rows)}</tbody></table>"
    return made


def _cell(cell, lines):
    spans = "".join(f' {name}="{span(cell, name)}"' for name in ("colspan", "rowspan") if span(cell, name) > 1)
    content = "<br>".join(part.html for part in lines)
    return f"<{cell.tag}{spans}>{content}</{cell.tag}>"
