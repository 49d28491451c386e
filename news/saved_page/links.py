"""Where the links and pictures of a saved page point: into its own folder, to the web, or nowhere safe."""

import re
from posixpath import basename
from urllib.parse import unquote, urljoin, urlsplit

from news.saved_page.folding import fold

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|7z|csv|txt|mp4|mp3|jpe?g|png)$", re.I)
_ORNAMENT = re.compile(
    r"(?:^|[/_-])(?:icon|ico|blank|spacer|space|transparent|loading|pixel|dot|arrow|1x1|print|close|share)[^/]{0,12}$",
    re.I,
)
_FILE_ICON = re.compile(r"(?:filetypeimages/|icon_)[a-z0-9_]*\.(?:gif|png|jpg)$", re.I)
ORNAMENT_SIDE = 32  # pixels
URL_MAX = 500


def on_the_web(address, base=""):
    """Return `address` as an absolute http(s) or mailto address, or "" where it cannot be made one."""
    address = re.sub(r"[\t\n\r]", "", address).strip()
    if address.startswith("#") or len(address) > 2000:
        return ""
    try:
        if not _SCHEME.match(address):
            address = urljoin(base, address) if base else f"https:{address}" if address.startswith("//") else ""
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme.lower() in ("http", "https"):
        return address if parts.netloc else ""
    return address if parts.scheme.lower() == "mailto" else ""


def in_folder(address):
    """Return `address` as a path inside the page's own folder, or "" where it points anywhere else.

    A path never begins at the root or a drive, never goes up by `..` and holds no NUL. Symbolic links are for
    the one who opens it.
    """
    address = address.strip()
    if _SCHEME.match(address):
        return ""
    path = unquote(address.split("#")[0].split("?")[0], errors="replace").replace("\\", "/")
    steps = [step for step in path.split("/") if step not in ("", ".")]
    if (
        not steps
        or path.startswith("/")
        or ".." in steps
        or len(path) > URL_MAX
        or _SCHEME.match(path)
        or not path.isprintable()
    ):
        return ""
    return "/".join(steps)


def is_file(address):
    """Tell whether a link leads to a document, not to another page."""
    try:
        return _FILE.search(urlsplit(address).path) is not None
    except ValueError:
        return False


def is_ornament(address, width, height):
    """Tell whether a picture is a part of the page's dress: an icon, a spacer, the sign of a file's type."""
    if address.lower().startswith("data:"):
        return _small(width) or _small(height)
    path = fold(address.split("?")[0])
    stem = path.rpartition(".")[0]
    return _small(width) or _small(height) or bool(_FILE_ICON.search(path)) or bool(_ORNAMENT.search(stem))


def _small(side):
    match = re.match(r"\s*(\d{1,5})\s*(?:px)?\s*$", side or "")
    return match is not None and int(match[1]) <= ORNAMENT_SIDE


def name_of(address):
    """Return the last part of an address, for people to recognise it by."""
    path = unquote(address.split("?")[0].split("#")[0], errors="replace").replace("\\", "/")
    return basename(path)[:60] or address[:60]
