"""Sitemaps as XML. Written straight, not by a template: ten thousand addresses in one answer."""

from datetime import UTC
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"


def index_xml(pages, root):
    """`pages` are (path, aware datetime or None), `root` the full address of the home page."""
    lines = [f"<sitemap><loc>{full(path, root)}</loc>{lastmod(changed)}</sitemap>\n" for path, changed in pages]
    return f'{HEAD}<sitemapindex xmlns="{PROTOCOL}">\n{"".join(lines)}</sitemapindex>\n'


def page_xml(entries, root):
    """`entries` are portal.sitemap_sections.Entry."""
    lines = [
        f"<url><loc>{full(entry.path, root)}</loc>{lastmod(entry.changed_at)}"
        + "".join(f"<image:image><image:loc>{full(path, root)}</image:loc></image:image>" for path in entry.pictures)
        + "</url>\n"
        for entry in entries
    ]
    return f'{HEAD}<urlset xmlns="{PROTOCOL}" xmlns:image="{IMAGES}">\n{"".join(lines)}</urlset>\n'


def full(path, root):
    return escape(root[:-1] + path if path.startswith("/") else path)


def lastmod(moment):
    return f"<lastmod>{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if moment else ""
