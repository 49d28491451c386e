"""Leaving the site: a notice before what is not known, at once to what is, and never anybody's redirect."""

import html
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.test import override_settings
from django.utils.http import urlencode

from portal.leaving import BadAddress, host_of, validate_hosts, way_out
from portal.models import SiteSettings
from tests.factories import make_article, make_association, make_link, make_source, make_zone

HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt://example.com/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://example.com/",
    "//evil.example/",
    "///evil.example/",
    "\\\\evil.example",
    "https:\\\\evil.example/",
    "https:/evil.example",
    "https://evil.example\\@www.example.org/",
    "https://www.example.org@evil.example/",
    "https://user:pass@evil.example/",
    "https://evil.example\r\nSet-Cookie: a=b",
    "https://evil.example/\x00",
    "https://evil.example/\u202ecod.exe",
    " https://evil.example/",
    "https://",
    "https://localhost/",
    "https://evil.example:port/",
    "https://ev il.example/",
    "/news/",
    "",
    "https://evil.example/" + "a" * 4_000,
]


def notice(url):
    return "/leave/?" + urlencode({"to": url, "s": Signer(salt="portal.leaving").signature(url)})


def links_in(page):
    return [html.unescape(href) for href in re.findall(r'href="([^"]*)"', page)]


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_gets_a_page_without_a_link_even_if_signed(client, db, url):
    with pytest.raises(BadAddress):
        host_of(url)
    response = client.get(notice(url))
    assert response.status_code in (400, 414)  # some are refused before any page is asked
    assert not [
        href for href in links_in(response.text) if re.match(r"\s*(?!https?://testserver)[a-z]+:|//", href, re.I)
    ]
    assert "Location" not in response.headers


@pytest.mark.parametrize(
    "query",
    ["", "to=https://evil.example/", "to=https://evil.example/&s=", "s=x", "to=https://evil.example/&s=" + "x" * 5_000,
     "to=%00&s=%00", "to=https://evil.example/&s=é"],
)  # fmt: skip
def test_an_unsigned_address_gets_a_page_without_a_link(client, db, query):
    response = client.get(f"/leave/?{query}")
    assert response.status_code in (400, 414)
    assert "evil.example" not in response.text
    assert "Location" not in response.headers


def test_an_altered_address_is_refused(client, db):
    good = notice("https://a.example/")
    assert client.get(good).status_code == 200
    assert client.get(good.replace("a.example", "b.example")).status_code == 400
    with override_settings(SECRET_KEY="another"):
        assert client.get(good).status_code == 400


def test_the_notice_names_the_host_and_leads_on_and_back(client, db):
    response = client.get(notice("https://例子.example/路?a=1&b=2"), headers={"referer": "http://testserver/news/1/"})
    assert "例子.example" in response.text
    assert "xn--fsqu00a.example" in response.text
    assert 'content="noindex"' in response.text
    links = links_in(response.text)
    assert "https://例子.example/路?a=1&b=2" in links
    assert "http://testserver/news/1/" in links
    elsewhere = client.get(notice("https://a.example/"), headers={"referer": "https://evil.example/"})
    assert "evil.example" not in elsewhere.text


def test_a_link_in_an_article_passes_the_notice_unless_it_is_known(client, db):
    SiteSettings.objects.create(domain="www.example.org.cn", outside_list="known.example\n例子.example")
    direct = [
        "https://www.gov.cn/zhengce/", "http://miit.gov.cn", "https://www.example.org.cn/a", "https://news.known.example/?a=1&b=2",
        "https://例子.example/", "https://xn--fsqu00a.example/",
    ]  # fmt: skip
    through = ["https://gov.cn.evil.example/", "https://evilgov.cn/", "https://unknown.example/?a=1&b=2"]
    inside = ["/zones/", "#fn1", "mailto:office@example.org"]
    body = "".join(f'<p><a href="{html.escape(url)}">{url}</a></p>' for url in direct + through + inside)
    page = client.get(make_article(body=body).get_absolute_url()).text
    prose = page[page.index('class="prose"') : page.index("article-foot")]
    tags = dict(re.findall(r'<a href="([^"]*)"([^>]*)>', prose))
    for url in direct:
        assert 'rel="nofollow noopener noreferrer"' in tags[html.escape(url)]
        assert 'target="_blank"' in tags[html.escape(url)]
    for url in inside:
        assert "nofollow" not in tags[url]
    notices = [html.unescape(href) for href in tags if href.startswith("/leave/")]
    assert len(notices) == len(through)
    for address in notices:
        assert client.get(address).status_code == 200


def test_the_source_of_an_article_passes_the_notice(client, db):
    article = make_article(source=make_source(), source_url="https://unknown.example/original")
    assert 'href="/leave/?to=https%3A%2F%2Funknown.example%2Foriginal' in client.get(article.get_absolute_url()).text


def test_what_the_registers_hold_opens_without_a_notice(client, db):
    make_link(url="https://link.example/a")
    make_link(url="https://hidden.example/", is_active=False)
    make_association(website="https://member.example/")
    make_zone(website="http://zone.example:8080/x")
    for host in ("link", "member", "zone"):
        response = client.get(notice(f"https://{host}.example/other"))
        assert response.status_code == 302
        assert response.headers["Location"] == f"https://{host}.example/other"
    for host in ("hidden.example", "ink.example", "link.example.evil.example"):
        assert client.get(notice(f"https://{host}/")).status_code == 200


def test_the_list_of_the_settings_takes_host_names_only(db):
    validate_hosts("example.org\n 例子.example \n\nwww.a-b.example")
    for line in (
        "https://example.org",
        "example.org/a",
        "example.org:80",
        "a b.example",
        "org",
        "user@a.example",
        "*.a.example",
    ):
        with pytest.raises(ValidationError):
            validate_hosts(f"good.example\n{line}")
    assert (
        way_out("https://x.example/", SiteSettings(outside_list="https://bad line\nx.example")) == "https://x.example/"
    )


def test_every_print_of_rich_text_knows_the_list(project):
    for template in (project / "templates").rglob("*.html"):
        for use in re.findall(r"\|for_readers[^ }|]*", template.read_text(encoding="utf-8")):
            assert use == "|for_readers:site", template
