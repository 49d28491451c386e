"""Drafts on the page that readers will see: for the editor, and by a link for somebody without an account."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news import previewing, recycling
from news.models import Article, Autosave, PreviewLink
from news.versions import record
from portal.publishing import Status
from tests.factories import (
    client_of,
    make_article,
    make_attachment,
    make_column,
    make_picture,
    make_staff,
    make_tag,
    make_user,
)
from tests.news.desk import form_values, make_draft, make_editor, page_of

PREVIEW = "/admin/news/article/preview/"
ADD = "/admin/news/article/add/"


@pytest.fixture
def editor(db):
    return make_editor(name="张编辑")


@pytest.fixture
def article(editor):
    return make_draft(by=editor, title="第一版标题", versions=[{"title": "第二版标题"}])


def main_part(response):
    return response.text.split('<article class="article">')[1].split("</article>")[0]


def link_to(article, number=1, life="day", by=None):
    version = article.versions.get(number=number)
    return previewing.make_link(version, by=by, life=life)


# The form, unsaved -----------------------------------------------------------------------------


def test_the_form_is_previewed_without_saving(editor, article):
    client = client_of(editor)
    make_tag(name="绿色")
    values = form_values(client, article, title="没有保存的标题", body="<p onclick=x>新正文</p>", tag_names=["绿色"])
    frame = client.post(PREVIEW, values, follow=True)
    assert f'src="{PREVIEW}{article.pk}/page/"' in frame.text
    page = client.get(f"{PREVIEW}{article.pk}/page/")
    assert "<h1>没有保存的标题</h1>" in page.text
    assert "<p>新正文</p>" in page.text
    assert "绿色" in page.text
    assert Article.objects.get().title == "第二版标题"
    assert article.versions.count() == 2


def test_a_preview_is_the_public_page(editor, client):
    """Published as it is, the page says the same, but for its number."""
    column = make_column()
    draft = make_draft(by=editor, column=column, cover=make_picture(), summary="摘要。", author="甲", subtitle="副标题")
    desk = client_of(editor)
    desk.post(PREVIEW, form_values(desk, draft))
    previewed = main_part(desk.get(f"{PREVIEW}{draft.pk}/page/"))
    Article.objects.filter(pk=draft.pk).update(status=Status.PUBLISHED)
    assert main_part(client.get(draft.get_absolute_url())) == previewed


def test_a_new_article_is_previewed(editor):
    client = client_of(editor)
    key = client.get(ADD).context["autosave_key"]
    client.post(PREVIEW, {"autosave_key": key, "title": "", "body": "<p>正文</p>"})
    assert "请先填写：标题、栏目" in client.get(f"{PREVIEW}{key}/").text
    assert client.get(f"{PREVIEW}{key}/page/").status_code == 404
    values = {"autosave_key": key, "title": "新文章", "column": make_column(is_active=False).pk, "published_at": "坏的"}
    client.post(PREVIEW, values)
    assert "发布时间" in client.get(f"{PREVIEW}{key}/").text
    assert "<h1>新文章</h1>" in client.get(f"{PREVIEW}{key}/page/").text
    assert not Article.objects.exists()


def test_previews_are_counted_and_kept_nowhere(editor, article):
    client = client_of(editor)
    client.post(PREVIEW, form_values(client, article))
    _, token = link_to(article)
    for address in (
        f"{PREVIEW}{article.pk}/page/",
        page_of(article, "versions", 1, "preview", "page"),
        f"/preview/{token}/",
    ):
        response = client.get(address)
        assert response.headers["Cache-Control"].startswith("private, no-store"), address
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow", address
        assert "X-Counted" not in response.headers
        assert not response.cookies
    assert Article.objects.get().view_count == 0


def test_only_the_admins_previews_may_stand_in_a_frame(editor, article):
    client = client_of(editor)
    _, token = link_to(article)
    page = client.get(page_of(article, "versions", 1, "preview", "page"))
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    outside = client.get(f"/preview/{token}/")
    assert "frame-ancestors 'none'" in outside.headers["Content-Security-Policy"]
    assert outside.headers["X-Frame-Options"] == "DENY"


def test_the_widths_are_desktop_and_phone(editor, article):
    client = client_of(editor)
    frame = page_of(article, "versions", 1, "preview")
    assert "is-desktop" in client.get(frame).text
    assert "is-phone" in client.get(frame, {"width": "phone"}).text


# The link --------------------------------------------------------------------------------------


def test_a_link_shows_exactly_its_version_to_a_stranger(client, editor, article):
    picture = make_picture()
    attachment = make_attachment(article, name="附件一")
    content = article.latest_version.content | {
        "title": "第三版标题", "cover_id": picture.pk, "attachments": [{"id": attachment.pk, "name": "附件甲", "position": 0}],
    }  # fmt: skip
    record(Article.objects.get(), content, by=editor)
    response = client_of(editor).post(page_of(article, "versions", 3, "links"), {"life": "day"})
    address = response.context["address"]
    assert address.startswith("http://testserver/preview/")
    page = client.get(address)
    assert "<h1>第三版标题</h1>" in page.text
    assert "仅供审阅" in page.text
    assert b"".join(client.get(picture.url_for(640)).streaming_content)
    file = f"{address}attachments/{attachment.pk}/".removeprefix("http://testserver")
    assert f'href="{file}"' in page.text
    assert b"".join(client.get(file).streaming_content) == b"%PDF-1.4"
    record(Article.objects.get(), content | {"title": "第四版标题", "attachments": []}, by=editor)
    assert "<h1>第三版标题</h1>" in client.get(address).text
    _, other = link_to(article, number=1)
    assert client.get(f"/preview/{other}/attachments/{attachment.pk}/").status_code == 404
    assert client.get(attachment.get_absolute_url()).status_code == 404


def test_the_database_does_not_hold_the_token(editor, article):
    _, token = link_to(article)
    assert token not in str(PreviewLink.objects.values().get())
    assert len(token) >= 43


def test_expired_revoked_deleted_and_unknown_look_the_same(client, editor, article):
    tokens = {}
    for name in ("expired", "revoked", "deleted"):
        owner = article if name != "deleted" else make_draft(by=editor)
        link, tokens[name] = link_to(owner, life="hour", by=editor)
        assert client.get(f"/preview/{tokens[name]}/").status_code == 200
        if name == "expired":
            before = timezone.now() - timedelta(hours=2)
            PreviewLink.objects.filter(pk=link.pk).update(created_at=before, expires_at=before + timedelta(hours=1))
        elif name == "revoked":
            client_of(editor).post(f"/admin/news/article/links/{link.pk}/revoke/")
        else:
            recycling.delete([owner.pk], by=editor)
    shown = [*tokens.values(), "x" * 43, "other"]
    pages = {client.get(f"/preview/{token}/").text.replace(token, "") for token in shown}
    assert len(pages) == 1
    assert "链接已经过期、已经作废，或者网址不完整" in pages.pop()
    assert {client.get(f"/preview/{token}/").status_code for token in tokens.values()} == {404}
    assert client.get(f"/preview/{'x' * 3000}/").status_code == 404


@pytest.mark.parametrize(("life", "hours"), [("hour", 1), ("day", 24), ("week", 168)])
def test_the_life_of_a_link_is_chosen(editor, article, life, hours):
    client_of(editor).post(page_of(article, "versions", 1, "links"), {"life": life})
    link = PreviewLink.objects.get()
    assert link.expires_at - link.created_at == timedelta(hours=hours)


def test_a_life_that_is_none_makes_no_link(editor, article):
    assert client_of(editor).post(page_of(article, "versions", 1, "links"), {"life": "year"}).status_code == 302
    assert not PreviewLink.objects.exists()


def test_a_link_leads_nowhere_into_the_index(client, article):
    _, token = link_to(article)
    page = client.get(f"/preview/{token}/").text
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert "canonical" not in page
    assert make_article().get_absolute_url() not in page


# Who may ---------------------------------------------------------------------------------------


def test_previews_are_for_who_may_see_the_article(client, editor, article):
    link, _ = link_to(article)
    own = client_of(editor)
    own.post(PREVIEW, form_values(own, article))
    frame, page = page_of(article, "versions", 1, "preview"), page_of(article, "versions", 1, "preview", "page")
    kept = [f"{PREVIEW}{article.pk}/", f"{PREVIEW}{article.pk}/page/"]
    for address in (frame, page, *kept):
        assert client.get(address).status_code == 302
        assert client_of(make_user()).get(address).status_code == 302
        assert client_of(make_staff()).get(address).status_code in (403, 404)
        assert client_of(make_editor(make_column())).get(address).status_code == 404
        assert own.get(address).status_code == 200
    looker = client_of(make_editor(rights=("view",)))
    assert looker.get(page).status_code == 200
    assert looker.get(kept[1]).status_code == 403
    colleague = client_of(make_editor())
    assert colleague.get(kept[1]).status_code == 404  # what is kept is one's own
    for address in (page_of(article, "versions", 1, "links"), f"/admin/news/article/links/{link.pk}/revoke/"):
        values = {"life": "day"}
        assert client.post(address, values).status_code == 302
        assert client_of(make_editor(make_column())).post(address, values).status_code == 404
        assert looker.post(address, values).status_code == 403
        assert own.get(address).status_code == 405
    assert PreviewLink.objects.open().count() == 1
    values = {"autosave_key": article.pk, "title": "x"}
    assert client.post(PREVIEW, values).status_code == 302
    assert client_of(make_editor(make_column())).post(PREVIEW, values).status_code == 404
    assert looker.post(PREVIEW, values).status_code == 403
    assert Autosave.objects.count() == 1
