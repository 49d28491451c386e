"""Structured data, cards, sitemap and feeds: valid whatever the titles hold, and only about what is public."""

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from portal.sitemap_sections import Section
from tests.factories import make_article, make_column, make_picture, make_source, make_tag

pytestmark = pytest.mark.django_db

HOSTILE = "</script><!--<script>alert(1)</script> & ]]> \"引\" '号' \u2028{{ x }}"
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
ATOM = {"atom": "http://www.w3.org/2005/Atom"}
MAP = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "image": "http://www.google.com/schemas/sitemap-image/1.1"}


def data_of(client, address):
    """{type: item} of the page's structured data."""
    found = DATA.findall(client.get(address).text)
    return {item["@type"]: item for text in found for item in json.loads(text)["@graph"]}


def test_no_title_closes_the_structured_data(client):
    column = make_column(name="栏</script>目")
    article = make_article(
        title=HOSTILE,
        column=column,
        source=make_source(name=HOSTILE[:90]),
        tags=[make_tag(name="<!--词-->")],
        summary=HOSTILE,
    )
    page = client.get(article.get_absolute_url()).text
    assert "<script>alert" not in page
    assert page.count("</script>") == page.count("<script")
    data = data_of(client, article.get_absolute_url())
    assert data["NewsArticle"]["headline"] == HOSTILE
    assert data["NewsArticle"]["keywords"] == ["<!--词-->"]
    steps = data["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == ["首页", "栏</script>目", HOSTILE]
    assert [step["position"] for step in steps] == [1, 2, 3]


def test_articles_columns_and_home_describe_themselves(client, whole_site):
    article = data_of(client, whole_site["article"])["NewsArticle"]
    assert article["url"] == "http://testserver" + whole_site["article"]
    assert article["author"] == {"@type": "Person", "name": "演示作者"}
    assert article["image"][0].startswith("http://testserver/media/")
    assert article["publisher"]["logo"].startswith("http://testserver/media/")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", article["datePublished"])
    for name in ("column", "page column"):
        steps = data_of(client, whole_site[name])["BreadcrumbList"]["itemListElement"]
        assert steps[0]["item"] == "http://testserver/"
        assert steps[-1]["item"] == "http://testserver" + whole_site[name]
    assert {"Organization", "WebSite"} <= set(data_of(client, whole_site["home"]))


def test_pages_that_are_shared_have_a_card(client, whole_site):
    for name in (
        "home",
        "index",
        "column",
        "page column",
        "article",
        "tag",
        "tags",
        "journal",
        "journal issue",
        "zones",
        "zone",
        "association",
        "rankings",
        "message",
    ):
        page = client.get(whole_site[name]).text
        for label in ("type", "title", "url", "image", "site_name", "locale"):
            found = re.findall(rf'<meta property="og:{label}" content="([^"]+)"', page)
            assert len(found) == 1, (name, label)
        assert re.search(r'<meta property="og:image" content="http://testserver/', page), name


def test_a_card_names_what_is_shared(client, whole_site):
    heading = re.search(r"<h1>(.*?)</h1>", (message := client.get(whole_site["message"]).text))[1]
    assert f'<meta property="og:title" content="{heading}">' in message
    assert '<meta name="ColumnDescription" content="留言和答复选登。">' in message
    assert '<meta property="og:title" content="中国开发区协会">' in client.get(whole_site["home"]).text


def test_the_picture_of_an_article_without_a_cover_is_its_first(client):
    picture = make_picture()
    article = make_article(body=f'<p>字</p><p><img src="{picture.file.url}" alt="图"></p>')
    assert (
        f'<meta name="Image" content="http://testserver{picture.file.url}">'
        in client.get(article.get_absolute_url()).text
    )
    assert 'name="Image"' not in client.get(make_article().get_absolute_url()).text


def test_the_sitemap_names_every_public_page(client, whole_site):
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    pages = [urlsplit(loc.text).path for loc in index.iterfind("map:sitemap/map:loc", MAP)]
    found, pictures = set(), []
    for address in pages:
        tree = ElementTree.fromstring(client.get(address).content)
        found |= {urlsplit(loc.text).path for loc in tree.iterfind("map:url/map:loc", MAP)}
        pictures += tree.findall("map:url/image:image/image:loc", MAP)
    left_out = {"contribution ranking", "correction", "favorites", "zones filtered", "rankings"} | {
        "accessibility",
        "archive",
        "figures of a month",
        "messages of a topic",
        "notice before leaving",
        "preview",
        "search",
        "search results",
        "search without results",
    }
    assert {address for name, address in whole_site.items() if name not in left_out} <= found
    assert len(pictures) == 4
    for path in found:
        assert client.get(path).status_code == 200, path


def test_pages_of_the_sitemap_are_ranges_of_keys(client, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(Section, "span", 10)
    column = make_column()
    articles = [make_article(column=column) for _ in range(35)]
    for article in articles[5:15]:
        article.delete()
    long_ago = timezone.now() - timedelta(days=400)
    type(articles[0]).objects.filter(pk__in=[article.pk for article in articles[:5]]).update(
        published_at=long_ago, updated_at=long_ago
    )
    with django_assert_max_num_queries(30):
        index = client.get("/sitemap.xml").text
    pages = re.findall(r"http://testserver(/sitemap-articles-\d+\.xml)</loc>(?:<lastmod>([^<]+))?", index)
    listed = []
    for address, lastmod in pages:
        with django_assert_max_num_queries(1):
            text = client.get(address).text
        assert max(re.findall("<lastmod>([^<]+)", text)) == lastmod
        listed += re.findall(r"/news/(\d+)/</loc>", text)
    assert [int(key) for key in listed] == [article.pk for article in articles if article.pk]


def entries(client, address):
    return ElementTree.fromstring(client.get(address).content).findall("atom:entry", ATOM)


def test_a_feed_is_valid_whatever_the_texts_hold(client):
    column = make_column(name="栏目<&>")
    picture = make_picture()
    body = f'<p>正文 ]]&gt; &lt;b&gt; src="/x"</p><p><a href="/zones/">区</a><a href="#fn1">注</a><img src="{picture.file.url}" alt="图"></p>'
    article = make_article(
        title=f"{HOSTILE}\x0b\ufffe", column=column, body=body, author="作者\x01", tags=[make_tag(name="词&")]
    )
    for address in ("/news/feed/", f"/news/{column.slug}/feed/"):
        response = client.get(address)
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        [entry] = entries(client, address)
        full = f"http://testserver/news/{article.pk}/"
        assert entry.findtext("atom:title", "", ATOM) == HOSTILE
        assert entry.findtext("atom:id", "", ATOM) == full
        assert [item.get("term") for item in entry.findall("atom:category", ATOM)] == ["栏目<&>", "词&"]
        assert entry.findtext("atom:author/atom:name", "", ATOM) == "作者"
        content = entry.find("atom:content", ATOM)
        assert content.get("type") == "html"
        assert 'href="http://testserver/zones/"' in content.text
        assert f'href="{full}#fn1"' in content.text
        assert f'src="http://testserver{picture.file.url}"' in content.text
        assert 'src="/x"' in content.text  # words, not a tag
        assert "style=" not in content.text


def test_a_feed_changes_when_an_article_does_and_not_otherwise(client):
    column = make_column()
    assert client.get(f"/news/{column.slug}/feed/").content == client.get(f"/news/{column.slug}/feed/").content
    article = make_article(column=column)
    before = entries(client, "/news/feed/")[0].findtext("atom:updated", "", ATOM)
    type(article).objects.filter(pk=article.pk).update(updated_at=timezone.now() + timedelta(minutes=5))
    assert entries(client, "/news/feed/")[0].findtext("atom:updated", "", ATOM) > before


def test_robots_are_told_of_the_sitemap(client, settings):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text
    settings.INDEXNOW_KEY = "0123456789abcdef"
    assert client.get("/0123456789abcdef.txt").text == "0123456789abcdef"
    assert client.get("/0123456789abcdee.txt").status_code == 404
