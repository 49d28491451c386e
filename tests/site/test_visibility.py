"""What is not published is on no surface: list, detail, neighbour, feed, sitemap, home, aside, attachment."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Column, JournalEntry, Tag, ViewDay
from tests.factories import make_article, make_attachment, make_column, make_journal_issue, make_picture, make_tag

PAGE = re.compile(r"<loc>http://testserver(/sitemap-[a-z]+-\d+\.xml)</loc>")
HIDDEN_TITLE = "尚未公开的文章标题"


def sitemaps(client):
    """The addresses of the sitemap: its index and all its pages."""
    return ["/sitemap.xml", *PAGE.findall(client.get("/sitemap.xml").text)]


@pytest.mark.parametrize(
    "hide",
    [
        {"status": "draft"},
        {"status": "withdrawn"},
        {"published_at": timezone.now() + timedelta(hours=1)},
        {"published_at": timezone.now() - timedelta(hours=2), "expires_at": timezone.now() - timedelta(hours=1)},
    ],
    ids=["draft", "withdrawn", "scheduled", "expired"],
)
@pytest.mark.parametrize("slug", ["notices", "provincial"])
def test_a_hidden_article_is_on_no_surface(client, whole_site, hide, slug):
    column = Column.objects.get(slug=slug)
    pinned = {"pinned_until": timezone.now() + timedelta(days=1), "is_headline": True, "cover": make_picture()}
    tag = Tag.objects.get(name="绿色低碳")
    own = make_tag(name="只在未公开文章上的标签")
    hidden = make_article(title=HIDDEN_TITLE, column=column, tags=[tag, own], **pinned | hide)
    attachment = make_attachment(hidden, name="内部附件")
    ViewDay.objects.create(article=hidden, day=timezone.localdate() - timedelta(days=1), count=999)
    issue = make_journal_issue()
    JournalEntry.objects.create(issue=issue, title="目录里的一条", article=hidden)

    surfaces = [
        *whole_site.values(),
        "/news/notices/",
        "/news/feed/",
        f"/news/{slug}/feed/",
        *sitemaps(client),
        "/news/tags/",
        tag.get_absolute_url(),
        issue.get_absolute_url(),
        "/search/?q=尚未公开",
        "/search/?q=尚未公开&sort=time",
        "/search/?q=内部附件",
        "/search/?q=尚未公开的文章题目",  # the closest titles
    ]
    for address in surfaces:
        page = client.get(address).text
        assert HIDDEN_TITLE not in page, address
        assert f"/news/{hidden.pk}/" not in page, address
        assert own.name not in page, address
    for address in (
        hidden.get_absolute_url(),
        own.get_absolute_url(),
        f"/news/{hidden.pk}/qr.svg",
        attachment.get_absolute_url(),
    ):
        assert client.get(address).status_code == 404, address


def test_a_published_article_is_on_its_surfaces(client, whole_site):
    article = make_article(title="刚刚公开的文章标题", column=Column.objects.get(slug="provincial"))
    search = f"/search/?q={article.title}"
    for address in ("/news/", "/news/provincial/", "/news/info/", "/news/feed/", "/news/provincial/feed/", search, "/"):
        assert article.title in client.get(address).text.replace("<mark>", "").replace("</mark>", ""), address
    assert any(article.get_absolute_url() in client.get(address).text for address in sitemaps(client))


def test_a_hidden_column_and_all_below_it_are_gone_everywhere(client, whole_site):
    info = Column.objects.get(slug="info")
    parent = make_column(name="停用的栏目", slug="closed", parent=info, is_active=False)
    child = make_column(name="停用栏目之下", slug="closed-below", parent=parent)
    page = make_column(name="停用的单页", slug="closed-page", kind="page", parent=parent)
    make_article(title=HIDDEN_TITLE, column=child)
    for address in [*whole_site.values(), "/news/feed/", *sitemaps(client), "/search/?q=尚未公开"]:
        text = client.get(address).text
        assert not [word for word in (HIDDEN_TITLE, "停用", "closed") if word in text], address
    for column in (parent, child, page):
        assert client.get(column.get_absolute_url()).status_code == 404


def test_a_hidden_issue_is_nowhere(client, whole_site):
    issue = make_journal_issue(status="draft", title="未公开的专题")
    for address in ("/", "/journal/", *sitemaps(client)):
        assert issue.get_absolute_url() not in client.get(address).text
    assert client.get(issue.get_absolute_url()).status_code == 404
