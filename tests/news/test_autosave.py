"""A form that is being filled in is kept, offered again, and forgotten when it is saved."""

import pytest

from news import autosaving, versions
from news.models import Article, Autosave
from tests.factories import client_of, make_attachment, make_column, make_staff, make_tag, make_user
from tests.news.desk import change_page, form_values, make_draft, make_editor

ADD = "/admin/news/article/add/"
AUTOSAVE = "/admin/news/article/autosave/"
DISCARD = "/admin/news/article/autosave/discard/"


@pytest.fixture
def editor(db):
    return make_editor(name="张编辑")


@pytest.fixture
def article(editor):
    return make_draft(by=editor, title="园区动态", body="<p>坚持绿色低碳发展。</p>")


def test_what_is_typed_is_kept_and_offered_and_no_version(editor, article):
    client = client_of(editor)
    values = form_values(client, article, title="写了一半", body="<p>坚持绿色发展。</p>")
    answer = client.post(AUTOSAVE, values)
    assert answer.json()["message"].startswith("已自动保存")
    assert Article.objects.get().title == "园区动态"
    assert article.versions.count() == 1
    page = client.get(change_page(article)).text
    assert 'value="园区动态"' in page
    assert "有未保存的内容" in page
    assert "【删去】</span>低碳<" in page
    restored = client.get(change_page(article), {"unsaved": 1}).text
    assert 'value="写了一半"' in restored
    assert "有未保存的内容" not in restored


def test_every_kind_of_field_comes_back(editor, article):
    client, column = client_of(editor), make_column()
    make_tag(name="绿色")
    changes = {
        "column": column.pk, "source": "没有的来源", "summary": "摘要", "published_at": "2026-13-45T99:00", "author": '"甲"',
        "tag_names": ["绿色", "低碳"], "body": "<p>新的</p>",
    }  # fmt: skip
    client.post(AUTOSAVE, form_values(client, article, **changes))
    form = client.get(change_page(article), {"unsaved": 1}).context["adminform"].form
    for name, value in changes.items():
        assert form[name].value() in (value, str(value), (value, None)), name


def test_names_order_and_deletions_of_attachments_come_back(editor, article):
    client, parts = client_of(editor), []
    for number in range(3):
        attachment = make_attachment(article, name=f"附件{number}", position=number)
        parts.append(attachment)
    versions.record(article, versions.content_of(Article.objects.get()), by=editor)
    rows = {"attachments-TOTAL_FORMS": 4, "attachments-INITIAL_FORMS": 3}
    for index, part in enumerate(parts):
        rows |= {f"attachments-{index}-id": part.pk, f"attachments-{index}-name": part.name}
        rows |= {f"attachments-{index}-position": part.position}
    rows |= {"attachments-0-name": "改了名", "attachments-1-position": 7, "attachments-2-DELETE": "on"}
    rows |= {"attachments-3-id": "", "attachments-3-name": "新的", "attachments-3-position": 9}
    client.post(AUTOSAVE, form_values(client, article) | rows)
    page = client.get(change_page(article), {"unsaved": 1})
    formset = page.context["inline_admin_formsets"][0].formset
    found = {form.instance.pk: [form[name].value() for name in ("name", "position", "DELETE")] for form in formset}
    assert found[parts[0].pk][0] == "改了名"
    assert not found[parts[0].pk][2]
    assert found[parts[1].pk][:2] == ["附件1", "7"]
    assert found[parts[2].pk][2] == "on"
    assert "新加的附件没有恢复" in page.text
    formset = client.get(change_page(article)).context["inline_admin_formsets"][0].formset
    assert [form["name"].value() for form in formset if form.instance.pk] == ["附件0", "附件1", "附件2"]


def test_keeping_again_replaces(editor, article):
    client = client_of(editor)
    for title in ("一", "二"):
        client.post(AUTOSAVE, form_values(client, article, title=title))
    assert Autosave.objects.get().data["title"] == ["二"]


def test_saving_forgets_what_was_kept(editor, article):
    client = client_of(editor)
    values = form_values(client, article, title="写完了")
    client.post(AUTOSAVE, values)
    assert client.post(change_page(article), values).status_code == 302
    assert not Autosave.objects.exists()
    assert Article.objects.get().title == "写完了"


def test_a_form_with_mistakes_keeps_it(editor, article):
    client = client_of(editor)
    values = form_values(client, article, title="")
    client.post(AUTOSAVE, values)
    client.post(change_page(article), values)
    assert Autosave.objects.exists()


def test_throwing_away_needs_a_click(editor, article):
    client = client_of(editor)
    client.post(AUTOSAVE, form_values(client, article, title="不要了"))
    assert client.get(DISCARD).status_code == 405
    assert client.post(DISCARD, {"discarded_key": article.pk}).headers["Location"] == change_page(article)
    assert not Autosave.objects.exists()
    for wrong in ("", "x", "9" * 30):
        assert client.post(DISCARD, {"discarded_key": wrong}).status_code == 302


def test_new_articles_are_kept_each_under_its_own_key(editor):
    client = client_of(editor)
    keys = [client.get(ADD).context["autosave_key"] for _ in range(2)]
    for key, title in zip(keys, ("甲", ""), strict=True):
        client.post(AUTOSAVE, {"autosave_key": key, "title": title, "body": "<p>正文</p>"})
    page = client.get(ADD)
    assert [offer["title"] for offer in page.context["unsaved"]] == ["没有标题的新文章", "甲"]
    restored = client.get(ADD, {"unsaved": keys[0]})
    assert 'value="甲"' in restored.text
    assert restored.context["autosave_key"] == keys[0]
    values = {
        "title": "甲", "column": make_column().pk, "status": "draft", "published_at": "2026-11-20T09:05", "body": "<p>正文</p>",
        "attachments-TOTAL_FORMS": 0, "attachments-INITIAL_FORMS": 0, "autosave_key": keys[0],
    }  # fmt: skip
    assert client.post(ADD, values).status_code == 302
    assert Autosave.objects.get().key == keys[1]


def test_what_is_too_large_is_told(editor, article, monkeypatch):
    client = client_of(editor)
    values = form_values(client, article, body="字" * 2_000)
    monkeypatch.setattr(autosaving, "SIZE_MAX", 2_000)
    answer = client.post(AUTOSAVE, values)
    assert (answer.status_code, "内容太大" in answer.json()["message"]) == (413, True)
    assert not Autosave.objects.exists()


def test_characters_that_no_database_keeps_are_left_out(editor, article):
    client = client_of(editor)
    client.post(AUTOSAVE, form_values(client, article, title="甲\x00乙"))
    assert Autosave.objects.get().data["title"] == ["甲乙"]


def test_a_person_keeps_only_so_many(editor, monkeypatch):
    monkeypatch.setattr(autosaving, "PER_USER", 2)
    for number in range(4):
        client_of(editor).post(AUTOSAVE, {"autosave_key": autosaving.new_key(), "title": str(number)})
    assert [row.data["title"] for row in Autosave.objects.order_by("pk")] == [["2"], ["3"]]


@pytest.mark.parametrize("key", ["", "new-x", "../1", "x" * 200, "9" * 30, "²"])
def test_a_key_that_is_none_is_not_found(editor, key):
    assert client_of(editor).post(AUTOSAVE, {"autosave_key": key, "title": "x"}).status_code == 404
    assert not Autosave.objects.exists()


def test_it_is_ones_own_and_for_who_may_write(client, editor, article):
    own = client_of(editor)
    own.post(AUTOSAVE, form_values(own, article, title="我的"))
    colleague = client_of(make_editor())
    assert "有未保存的内容" not in colleague.get(change_page(article)).text
    colleague.post(DISCARD, {"discarded_key": article.pk})
    assert Autosave.objects.get().user == editor
    values = {"autosave_key": article.pk, "title": "x"}
    assert client.post(AUTOSAVE, values).status_code == 302
    assert client_of(make_user()).post(AUTOSAVE, values).status_code == 302
    assert client_of(make_staff()).post(AUTOSAVE, values).status_code in (403, 404)
    assert client_of(make_editor(make_column())).post(AUTOSAVE, values).status_code == 404
    assert client_of(make_editor(rights=("view",))).post(AUTOSAVE, values).status_code == 403
    assert (
        client_of(make_editor(rights=("view",))).post(AUTOSAVE, {"autosave_key": autosaving.new_key()}).status_code
        == 403
    )
    assert Autosave.objects.count() == 1


def test_without_the_token_of_the_form_nothing_is_kept(editor, article):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(AUTOSAVE, {"autosave_key": article.pk, "title": "x"}).status_code == 403
    token = strict.get(change_page(article)).context["csrf_token"]
    values = {"autosave_key": article.pk, "title": "x", "csrfmiddlewaretoken": str(token)}
    assert strict.post(AUTOSAVE, values).status_code == 200
