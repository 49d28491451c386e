"""Saved pages as the common content systems of old sites made them. Texts, names and figures are invented."""

from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".html", ".txt"))
INFO = "来源:某开发区 发布时间:2023-09-08 14:55 点击量:7"


def page_text(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def make_page(*, info=INFO, body="<p>园区建成分布式光伏。</p>", head="", crumbs="", title="园区推进绿色发展"):
    """The bytes of a plain page with one article."""
    return (
        f'<html><head><meta charset="utf-8">{head}</head><body><div>{crumbs}</div><h1>{title}</h1>'
        f"<div>{info}</div><div>{body}</div></body></html>"
    ).encode()
