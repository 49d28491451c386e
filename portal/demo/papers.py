"""Attachments of the demo: text, tables and PDF, made on the spot."""

import csv
import io

LINE = 38  # Han characters
LINES = 36  # a page
FONT = (  # objects 3 to 5
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
    """<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R
    /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> >>""",
    """<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0
    /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>""",
)
PAGE = "/MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >>"
BYTE_ORDER_MARK = "\ufeff"  # spreadsheet programs take a table without it for another encoding


def paper(name, kind, *, text="", rows=()):
    """Return a file as bytes: `text` as "txt" or "pdf", `rows` (lists of strings) as "csv"."""
    if kind == "csv":
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        return (BYTE_ORDER_MARK + out.getvalue()).encode()
    if kind == "pdf":
        return pdf(name, text)
    return (BYTE_ORDER_MARK + text + "\n").replace("\n", "\r\n").encode()


def pdf(title, text):
    """Return a PDF (A4) with a heading and lines of text.

    It names the font STSong-Light, which readers of PDF replace by a Chinese font of their own (ISO 32000-1, 9.7.5.2),
    so none has to be at hand here.
    """
    lines = [line[start : start + LINE] for line in text.split("\n") for start in range(0, max(1, len(line)), LINE)]
    sheets = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    first = len(FONT) + 3
    places = [first + 2 * number for number in range(len(sheets))]
    kids = " ".join(f"{place} 0 R" for place in places)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} {PAGE} >>",
        *FONT,
    ]
    for place, sheet in zip(places, sheets, strict=True):
        content = drawing(title if place == first else "", sheet)
        objects.append(f"<< /Type /Page /Parent 2 0 R /Contents {place + 1} 0 R >>")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return assembled(objects)


def drawing(heading, lines):
    """Return the operators that write a heading and lines on one page."""
    parts = ["BT", "/F 18 Tf", f"1 0 0 1 64 770 Tm <{hexadecimal(heading)}> Tj", "/F 12 Tf 19 TL", "1 0 0 1 64 730 Tm"]
    parts += [f"<{hexadecimal(line)}> Tj T*" for line in lines]
    return "\n".join([*parts, "ET"])


def hexadecimal(text):
    return text.encode("utf-16-be").hex()


def assembled(objects):
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode("ascii")
