"""A small site with every kind of content, and the address of every kind of page."""

from datetime import timedelta

from django.utils import timezone

from associations.models import LinkGroup
from feedback import figures
from feedback.models import Topic
from news import previewing
from news.models import CorrectionNote, JournalEntry, Submission, ViewDay
from news.versions import content_of, record
from portal.leaving import way_out
from portal.models import SiteSettings
from tests.factories import (
    make_article,
    make_association,
    make_attachment,
    make_block,
    make_column,
    make_journal_issue,
    make_link,
    make_message,
    make_picture,
    make_source,
    make_tag,
    make_zone,
)

BODY = (
    "<p>一、总体情况。全区工业增加值增长8%。</p><h2>主要做法</h2><p>坚持绿色低碳。</p><ul><li>光伏</li></ul>"
    "<table><tbody><tr><th>指标</th><th>数值</th></tr><tr><td>面积</td><td>12</td></tr></tbody></table>"
)


def make_site():
    """Fill the database; return {name: address} of every kind of public page."""
    SiteSettings.objects.create(
        name="中国开发区协会", description="协会门户", host_unit="协会秘书处", icp_number="京ICP备00000000号",
        police_number="京公网安备 11010500000000号", email="office@example.org", wechat_qr=make_picture(), qq_qr=make_picture(),
        qq_group="1234567", logo=make_picture(), domain="www.example.org", shows_ranking=True,
    )  # fmt: skip
    info = make_column(
        name="资讯中心", slug="info", column_type="工作动态", description="资讯", keywords="开发区，资讯"
    )
    notices = make_column(name="通知公告", slug="notices", parent=info, column_type="公告通知")
    dynamic = make_column(
        name="省级开发区动态", slug="provincial", parent=info, look="picture", description="动态",
        keywords="动态，开发区", column_type="工作动态",
    )  # fmt: skip
    about = make_column(name="协会简介", slug="profile", kind="page", body=BODY, description="简介", keywords="协会")
    make_column(name="空栏目", slug="empty", parent=info)
    make_column(name="开发区名录", slug="zones", kind="link", url="/zones/")
    article = fill_news(notices, dynamic)
    reprint = make_article(
        column=dynamic, kind="reprint", source=make_source(may_reprint="yes"), source_url="https://example.org/1",
        original_title="某地推进绿色低碳发展", original_author="演示作者",
    )  # fmt: skip
    member, zone = fill_registers()
    issue = make_journal_issue(cover=make_picture(), introduction="卷首语。", title="绿色低碳专题")
    JournalEntry.objects.create(
        issue=issue, section="专论", title="论亩均效益", author="演示作者", page=4, article=article
    )
    Submission.objects.create(title="来稿", body="正文", source=article.source.name, author="某", stage="adopted")
    Topic.objects.get_or_create(name="建议")
    answered = make_message(reply="欢迎入会。", may_publish=True, is_public=True)
    figures.refresh(figures.first_day(timezone.localdate()))
    fill_home(info, notices, dynamic)
    return {
        "home": "/",
        "index": "/news/",
        "rankings": "/news/hot/?window=week",
        "column": f"/news/{dynamic.slug}/",
        "empty column": "/news/empty/",
        "page column": f"/news/{about.slug}/",
        "article": f"/news/{article.pk}/",
        "reprint": f"/news/{reprint.pk}/",
        "tags": "/news/tags/",
        "tag": article.tags.get().get_absolute_url(),
        "preview": preview_address(dynamic),
        "journal": "/journal/",
        "journal issue": f"/journal/{issue.year}/{issue.number}/",
        "contribute": "/contribute/",
        "contribution receipt": "/contribute/receipt/",
        "contribution ranking": "/contribute/ranking/",
        "associations": "/associations/",
        "association": f"/associations/{member.pk}/",
        "zones": "/zones/",
        "zones filtered": "/zones/?province=山东&level=national",
        "zone": f"/zones/{zone.code}/",
        "links": "/links/",
        "messages": "/feedback/",
        "message": answered.get_absolute_url(),
        "messages of a topic": f"/feedback/?topic={answered.topic_id}",
        "figures": "/feedback/figures/",
        "figures of a month": f"/feedback/figures/{timezone.localdate():%Y-%m}/",
        "new message": "/feedback/new/",
        "receipt": "/feedback/receipt/",
        "correction": f"/feedback/new/?article={article.pk}",
        "privacy": "/privacy/",
        "favorites": "/favorites/",
        "accessibility": "/accessibility/",
        "archive": f"/news/{dynamic.slug}/?year={timezone.localtime().year}",
        "notice before leaving": way_out("https://unknown.example/", SiteSettings.current()),
        "search": "/search/",
        "search results": "/search/?q=绿色",
        "search without results": "/search/?q=绿色低炭经开区",
    }


def fill_news(notices, dynamic):
    now = timezone.now()
    for day in range(3):
        make_article(column=notices, published_at=now - timedelta(days=day + 1))
    make_article(column=notices, pinned_until=now + timedelta(days=3))
    for day in range(25):
        headline = {"is_headline": True, "cover": make_picture()} if day < 2 else {}
        make_article(column=dynamic, source=make_source(), published_at=now - timedelta(days=day, hours=2), **headline)
    article = make_article(
        column=dynamic, source=make_source(), author="演示作者", editor="演示编辑甲", subtitle="来自一线的观察", body=BODY,
        summary="摘要。", cover=make_picture(), tags=[make_tag(name="绿色低碳")], published_at=now - timedelta(hours=30), view_count=204,
    )  # fmt: skip
    CorrectionNote.objects.create(article=article, text="原文第二段的数字有误，现已改正。", at=now)
    for days in range(3):
        ViewDay.objects.create(article=article, day=timezone.localdate() - timedelta(days=days), count=68)
    make_attachment(article, name="附件一", content=b"%PDF-1.4 test")
    return article


def preview_address(column):
    """A draft as somebody without an account sees it."""
    draft = make_article(column=column, status="draft", title="还没有发布的稿件")
    version = record(draft, content_of(draft) | {"body": BODY}, by=None)
    return f"/preview/{previewing.make_link(version, by=None, life='week')[1]}/"


def fill_registers():
    member = make_association(
        name="山东省开发区协会", introduction="<p>简介。</p>", website="https://example.org/", logo=make_picture()
    )
    make_association(name="某全国联盟", region="全国")
    zone = make_zone(
        approved="1992-11", hectares="868.18", industries="装备制造、生物医药", website="https://example.org/"
    )
    make_zone(code="S370001", level="provincial", type="industrial")
    make_zone(code="G110001", province="北京", type="hidz")
    for name in ("政府部门", "新闻媒体", "友情链接"):
        make_link(group=LinkGroup.objects.create(name=name))
    LinkGroup.objects.create(name="行业协会", content=LinkGroup.Content.ASSOCIATIONS)
    return member, zone


def fill_home(info, notices, dynamic):
    from portal.models import BlockPicture

    make_block(kind="carousel", width=7)
    make_block(kind="newest", width=5, column=info)
    make_block(kind="notices", column=notices, width=12)
    for look in ("text", "picture", "lead"):
        make_block(kind="column", column=dynamic, look=look, title=f"动态（{look}）")
    for kind in ("zones", "associations", "journal", "links"):
        make_block(kind=kind, width=12)
    pictures = make_block(kind="pictures")
    BlockPicture.objects.create(block=pictures, picture=make_picture(), title="专题", url="/zones/")
