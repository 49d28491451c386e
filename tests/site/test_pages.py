"""Promises that every public page keeps."""

import re
import subprocess

import pytest

from tests.factories import make_article, make_association, make_column, make_zone

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)[^>]*>|<style\b|\sstyle=|\son[a-z]+=", re.IGNORECASE
)
SITE_LABELS = ["SiteName", "SiteDomain"]
COLUMN_LABELS = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
ARTICLE_LABELS = ["ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Image", "Url"]


def label(page, name):
    found = re.findall(rf'<meta name="{name}" content="([^"]*)"', page)
    assert len(found) == 1, name
    return found[0]


def test_every_page_has_one_heading_its_language_and_nothing_inline(client, whole_site):
    for name, address in whole_site.items():
        response = client.get(address)
        page = response.text
        assert response.status_code == 200, name
        assert len(re.findall(r"<h1[ >]", page)) == 1, name
        assert '<html lang="zh-CN"' in page, name
        assert INLINE.search(page) is None, (name, INLINE.search(page)[0])
        assert not response.cookies, name
        assert 'href="#main"' in page, name


def steps_of(page):
    breadcrumb = page[page.index('class="breadcrumb"') :].partition("</nav>")[0]
    return re.findall(r">([^<>]+)</(?:a|span)>", breadcrumb.replace('aria-hidden="true">&gt;</span>', ""))[1:]


def test_a_page_says_where_it_stands_and_shows_nothing_of_the_program(client, whole_site):
    for name, steps in {
        "column": ["首页", "资讯中心", "省级开发区动态"],
        "article": ["首页", "资讯中心", "省级开发区动态"],
        "links": ["首页", "友情链接"],
    }.items():
        assert steps_of(client.get(whole_site[name]).text) == steps, name
    for name, address in whole_site.items():
        text = client.get(address).text
        assert not re.search(r"&lt;[A-Z]\w+: |\{&#x27;|>None<|\bobject at 0x", text), name


def test_every_page_carries_the_labels_of_the_site(client, whole_site):
    for address in whole_site.values():
        page = client.get(address).text
        assert label(page, "SiteName") == "中国开发区协会"
        assert label(page, "SiteDomain") == "www.example.org"
        assert 'name="SiteIDCode"' not in page  # not set: prints nothing


def test_column_and_article_pages_carry_their_labels(client, whole_site):
    column = client.get(whole_site["column"]).text
    assert [label(column, name) for name in COLUMN_LABELS] == ["省级开发区动态", "动态", "动态，开发区", "工作动态"]
    article = client.get(whole_site["article"]).text
    for name in [*SITE_LABELS, "ColumnName", *ARTICLE_LABELS]:
        assert label(article, name), name
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", label(article, "PubDate"))


def test_every_answer_carries_the_security_headers(client, whole_site, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    addresses = [
        *whole_site.values(),
        "/nowhere/",
        "/robots.txt",
        "/sitemap.xml",
        "/healthz",
        "/static/portal/css/tokens.css",
    ]
    for address in addresses:
        headers = client.get(address, secure=True).headers
        assert headers["Content-Security-Policy"].startswith(
            "default-src 'none'; script-src 'self'; style-src 'self';"
        ), address
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
        assert "Set-Cookie" not in headers


def test_the_admins_policy_allows_no_inline_script(client, db):
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "script-src 'self'; script-src-attr 'unsafe-inline';" in policy
    assert "unsafe-eval" not in policy


def test_home_column_and_article_take_at_most_thirteen_queries_however_many_articles(
    client, whole_site, django_assert_max_num_queries
):
    def queries(address):
        """Everything read fresh, as for staff: pages that are made for the cache share most of it."""
        with django_assert_max_num_queries(13) as captured:
            client.get(address)
        return len(captured)

    client.get(whole_site["article"])  # what was read most is added up once a day
    names = ("home", "index", "column", "article")
    before = [queries(whole_site[name]) for name in names]
    column = make_column()
    for _ in range(60):
        make_article(column=column)
        make_zone()
        make_association()
    assert [queries(whole_site[name]) for name in names] == before


@pytest.mark.xdist_group("validator")
def test_every_page_is_valid_html(client, whole_site, project, tmp_path):
    validator = project / ".venv/node/node_modules/vnu-jar/build/dist/vnu.jar"
    assert validator.exists(), "The HTML validator is missing: run `make test`."
    pages = tmp_path / "pages"
    pages.mkdir()
    addresses = whole_site | {
        "not found": "/nowhere/",
        "bad filter": "/zones/?province=x",
        "sent back": "/feedback/new/",
    }
    for number, (name, address) in enumerate(addresses.items()):
        response = client.post(address, {}) if name == "sent back" else client.get(address)
        (pages / f"{number}-{name.replace(' ', '-')}.html").write_text(response.text, encoding="utf-8")
    command = ["java", "-Xss1m", "-jar", str(validator), "--errors-only", "--format", "gnu", str(pages)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert result.returncode == 0, result.stderr[:4000]
