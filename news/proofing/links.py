"""Links that lead nowhere, or to the editor's own disk or network."""

import ipaddress
from urllib.parse import urlsplit

from news.proofing.addresses import leads_somewhere
from news.proofing.body import DISK, IN_TEXT
from news.proofing.findings import Finding, Level

_OWN_NAMES = {"localhost", "localhost.localdomain"}
_OWN_ENDS = (".local", ".lan", ".internal", ".intranet", ".localhost", ".home", ".corp")
DISK_MESSAGE = "地址指向您自己的电脑，读者打不开。请上传文件或图片，再插入链接。"
HOST_MESSAGE = "地址指向本机或内部网络，读者打不开。"


def find(texts):
    body = texts.body
    problems = {}  # the same address may stand in a text a hundred times
    for link in body.links:
        text = body.text[link.start : link.end] or (link.href or "")[:60]
        asked = (link.href, link.is_remote_picture, link.is_target)
        if asked not in problems:
            problems[asked] = _problem(link, body.ids)
        if problem := problems[asked]:
            kind, level, message = problem
            yield Finding("body", link.start, link.end, text, kind, level, message)
    for name in ("source_url",):
        url = texts.content.get(name)
        if isinstance(url, str) and url and (host := _host(url)) is not None and is_own_host(host):
            yield Finding(name, 0, len(url), url, "disk", Level.BLOCK, HOST_MESSAGE)


def _problem(link, ids):
    """Return (kind, level, message) of what is wrong with a link, None where nothing is."""
    href = link.href
    if href is None:
        return None if link.is_target else ("link", Level.WARN, "链接没有可用的地址，请重新设置或取消链接。")
    if href == DISK:
        return "disk", Level.BLOCK, DISK_MESSAGE
    if href == IN_TEXT:
        return "disk", Level.BLOCK, "图片夹在文字里，没有进入图库，保存时会丢失。请单独粘贴或上传这张图片。"
    if href.startswith(("mailto:", "tel:")):
        return None
    if href.startswith("#"):
        is_known = href == "#" or href[1:] in ids
        return None if is_known and href != "#" else ("link", Level.WARN, "页内链接的目标不存在。")
    return _problem_of_address(href, link.is_remote_picture)


def _problem_of_address(href, is_picture):
    host = _host(href)
    if href.lower().startswith(("http:", "https:")):
        if not host or ("." not in host.strip(".") and ":" not in host and host not in _OWN_NAMES):
            return "link", Level.WARN, "链接的地址不完整，请核对。"
        if is_own_host(host):
            return "disk", Level.BLOCK, HOST_MESSAGE
        if is_picture:
            return "remote", Level.WARN, "外站的图片，读者看到的是链接。可以存入图库。"
    path = inside(href)
    if path is not None and not leads_somewhere(path):
        return "link", Level.WARN, "链接指向本站没有的页面，请核对。"
    return None


def inside(href):
    """Return the path of an address within this site, None for another site's."""
    if href.lower().startswith(("http:", "https:", "//")):
        return None
    if not href.startswith("/"):
        return f"/{href}"  # www.example.org, page.html: no page of this site stands there
    return href


def _host(url):
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def is_own_host(host):
    """Tell whether `host` names this computer or a private network, in any of its spellings."""
    host = host.strip("[]").rstrip(".")
    if host in _OWN_NAMES or host.endswith(_OWN_ENDS):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global
