"""The desk: saving, submitting, reviewing, and what is done with several articles at once."""

import io
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.fields.files import FieldFile
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from news import review
from news.models import Article, Attachment, ColumnRole, ReviewRun, Submission
from portal.audit import record
from portal.models import AuditEntry, User
from portal.publishing import Status
from tests.factories import (  # fmt: skip
    client_of,
    make_article,
    make_attachment,
    make_column,
    make_member,
    make_source,
    make_staff,
    make_tag,
    make_user,
)
from tests.news.test_admin import ADD, LIST, article_form, errors_of
from tests.portal.test_admin import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def column(db):
    return make_column(reviews=2, name="动态")


@pytest.fixture
def editor(column):
    return client_of(make_member("editor", columns=[column], username="editor"))


@pytest.fixture
def first(column):
    return client_of(make_member("first", columns=[column], username="first"))


@pytest.fixture
def second(column):
    return client_of(make_member("second", username="second"))


def page_of(client, article):
    return client.get(f"{LIST}{article.pk}/change/")


def values_of(page):
    """What the browser would send back unchanged: times to the minute, no files."""
    values = {name: value for name, value in form_of(page).items() if not isinstance(value, FieldFile)}
    for name, value in values.items():
        if isinstance(value, datetime):
            values[name] = value.strftime("%Y-%m-%dT%H:%M")
    return values


def step(client, article, verb, **values):
    return client.post(f"{LIST}{article.pk}/review/{verb}/", values, follow=True).text


def submitted(editor, column, **values):
    editor.post(ADD, article_form(column, _submit="提交", published_at="", **values))
    return Article.objects.latest("pk")


def action(client, name, *articles, **values):
    chosen = {"action": name, "_selected_action": [article.pk for article in articles]}
    return client.post(LIST, chosen | values, follow=True)


def current(article):
    return Article.objects.get(pk=article.pk)


# The page of an article -----------------------------------------------------------------------


def test_an_article_goes_from_the_editor_over_the_reviewers_to_the_site(editor, first, second, column, client):
    article = submitted(editor, column)
    assert "您在这个栏目没有初审的权限" in page_of(editor, article).text
    assert 'name="title"' not in page_of(editor, article).text  # for reading
    page = page_of(first, article).text
    assert "首次发布，正文 3 字" in page
    assert "通过</button>" in page
    assert "退回要写明理由" in step(first, article, "send_back", version=1, level=1)
    assert "已退回" in step(first, article, "send_back", version=1, level=1, opinion="标题太短")
    assert "退回：</strong>标题太短" in page_of(editor, article).text.partition("签字记录")[0]
    assert [row.pk for row in editor.get(f"{LIST}?review=returned").context["cl"].result_list] == [article.pk]
    values = values_of(page_of(editor, article)) | {
        "title": "园区绿色发展动态",
        "_submit": "提交",
        "change_reason": "改标题",
    }
    assert "已提交审核" in editor.post(f"{LIST}{article.pk}/change/", values, follow=True).text
    assert "退回：</strong>" not in page_of(editor, article).text
    assert [row.pk for row in first.get(f"{LIST}?review=mine").context["cl"].result_list] == [article.pk]
    assert "新的版本" in step(first, article, "approve", version=1, level=1, opinion="可以")
    assert "已通过" in step(first, article, "approve", version=2, level=1)
    assert not first.get(f"{LIST}?review=mine").context["cl"].result_count
    assert client.get(article.get_absolute_url()).status_code == 404
    assert "已发布" in step(second, article, "approve", version=2, level=2)
    assert "园区绿色发展动态" in client.get(article.get_absolute_url()).text
    assert article.versions.get(number=2).reason == "改标题"


def test_a_draft_of_a_live_article_is_shown_to_editors_alone(editor, column, client):
    article = make_article(column=column, title="线上的标题")
    make_attachment(article, name="旧附件")
    values = values_of(page_of(editor, article)) | {"title": "草稿的标题", "attachments-TOTAL_FORMS": 2}
    values |= {"attachments-0-name": "改名的附件", "attachments-1-position": 1}
    values |= {"attachments-1-upload": SimpleUploadedFile("新附件.pdf", b"%PDF-1.5"), "tag_names": []}
    assert editor.post(f"{LIST}{article.pk}/change/", values).status_code == 302
    page, draft = client.get(article.get_absolute_url()).text, page_of(editor, article).text
    for old, new in (("线上的标题", "草稿的标题"), ("旧附件", "改名的附件"), ("旧附件", "新附件")):
        assert (old in page, new in page) == (True, False)
        assert new in draft
    added = Attachment.objects.get(name="新附件")
    assert client.get(added.get_absolute_url()).status_code == 404
    assert "有修改未提交" in editor.get(LIST).text
    values = values_of(page_of(editor, article)) | {"_submit": "1"}
    refused = editor.post(f"{LIST}{article.pk}/change/", values, follow=True)
    assert "没有提交" in refused.text
    assert "写明理由" in refused.text
    article.column.reviews = 0
    article.column.save()
    values |= {"attachments-0-DELETE": "on", "change_reason": "更正", "correction_note": "更换了附件。"}
    editor.post(f"{LIST}{article.pk}/change/", values)
    page = client.get(article.get_absolute_url()).text
    assert [text in page for text in ("草稿的标题", "新附件", "改名的附件", "更换了附件。")] == [
        True,
        True,
        False,
        True,
    ]
    assert b"".join(client.get(added.get_absolute_url()).streaming_content) == b"%PDF-1.5"
    assert Attachment.objects.count() == 2  # older versions name the other


def test_a_form_that_was_open_while_somebody_submitted_loses_nothing(editor, column):
    article = submitted(editor, column)
    response = editor.post(f"{LIST}{article.pk}/change/", article_form(column, title="刚写的标题"))
    assert "您写的内容还在下面" in errors_of(response)["__all__"][0]
    assert "刚写的标题" in response.text
    assert current(article).title == "园区动态"


def test_withdrawing_and_recalling_on_the_page(editor, second, column):
    article = make_article(column=column)
    assert "要写明理由" in step(editor, article, "withdraw")
    assert "最多 300 字" in step(editor, article, "withdraw", opinion="因" * 301)
    assert "已申请撤下" in step(editor, article, "withdraw", opinion="来源要求")
    assert "只有提交人可以收回" in step(second, article, "recall")
    assert "已收回" in step(editor, article, "recall")
    assert current(article).status == Status.PUBLISHED


def test_an_empty_time_stays_empty_and_times_keep_their_seconds(editor, column):
    editor.post(ADD, article_form(column, published_at=""))
    article = Article.objects.get()
    editor.post(f"{LIST}{article.pk}/change/", values_of(page_of(editor, article)))
    assert article.versions.count() == 1
    assert article.versions.get().content["published_at"] is None


def test_steps_are_posts_and_of_what_one_sees(editor, column):
    article, other = submitted(editor, column), make_article(status=Status.DRAFT)
    assert editor.get(f"{LIST}{article.pk}/review/recall/").status_code == 405
    assert editor.post(f"{LIST}{article.pk}/review/destroy/").status_code == 404
    assert editor.post(f"{LIST}{other.pk}/review/submit/").status_code == 404
    assert "最多 500 字" in step(editor, article, "recall", opinion="字" * 501)


def test_placing_is_the_final_reviewers(editor, column):
    article = make_article(column=column)
    assert 'name="is_headline"' not in page_of(editor, article).text
    placer = client_of(make_member("editor", "final"))
    later = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    placer.post(f"{LIST}{article.pk}/change/", values_of(page_of(placer, article)) | {"pinned_until": later})
    assert current(article).is_pinned()
    assert article.versions.count() == 1  # a place is not text
    placed = AuditEntry.objects.filter(action="change", summary="置顶和头条")
    assert placed.get().changes["pinned_until"]


def test_the_columns_offered_are_ones_own(editor, column):
    other = make_column(name="别的栏目")
    assert "别的栏目" not in editor.get(ADD).text
    assert "column" in errors_of(editor.post(ADD, article_form(other)))


# Several at once ----------------------------------------------------------------------------------


def test_several_are_submitted_each_by_its_own_rights(editor, column):
    mine, live = make_article(column=column, status=Status.DRAFT), make_article(column=column)
    other = make_article(status=Status.DRAFT)
    page = action(editor, "submit", mine, live, other).text
    assert "已提交审核 1 篇文章。" in page
    assert "没有修改" in page
    assert list(ReviewRun.objects.values_list("article", flat=True)) == [mine.pk]
    reader = client_of(make_member("first", columns=[column]))
    assert 'value="submit"' not in reader.get(LIST).text
    action(reader, "submit", make_article(column=column, status=Status.DRAFT))
    assert ReviewRun.objects.count() == 1


def test_several_are_moved(editor, column):
    there, elsewhere = make_column(parent=column, name="下级"), make_column()
    draft, live = make_article(column=column, status=Status.DRAFT), make_article(column=column)
    assert "下级" in action(editor, "move", draft, live).text
    action(editor, "move", draft, live, apply="1", column=elsewhere.pk)
    assert current(draft).column == column
    assert "2 篇文章" in action(editor, "move", draft, live, apply="1", column=there.pk).text
    assert (current(draft).column, current(live).column) == (there, column)
    assert current(live).latest_version.content["column_id"] == there.pk


def test_several_are_withdrawn_with_a_reason(editor, column):
    live, draft = make_article(column=column), make_article(column=column, status=Status.DRAFT)
    assert "理由" in action(editor, "withdraw", live, draft, apply="1", reason="").text
    assert not ReviewRun.objects.exists()
    page = action(editor, "withdraw", live, draft, apply="1", reason="来源要求").text
    assert "已申请撤下 1 篇文章。" in page
    assert "只有已经发布的文章" in page
    assert ReviewRun.objects.get().kind == "withdraw"


def test_several_are_pinned_by_those_who_may(editor, column):
    mine, other = make_article(column=column), make_article()
    assert 'value="pin"' not in editor.get(LIST).text
    action(editor, "pin", mine)
    assert not current(mine).is_pinned()
    placer = client_of(make_member("final", columns=[column]))
    action(placer, "pin", mine, other)
    assert (current(mine).is_pinned(), current(other).is_pinned()) == (True, False)
    action(placer, "unpin", mine)
    assert not current(mine).is_pinned()


def test_an_export_holds_what_one_sees_and_no_formula(editor, column):
    make_article(column=column, title="=HYPERLINK(1)", author="@甲")
    hidden = make_article(title="别人的文章")
    response = action(editor, "export", *Article.objects.all())
    rows = list(load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.iter_rows())
    assert rows[0][1].value == "标题"
    assert [(row[1].value, row[1].data_type) for row in rows[1:]] == [("=HYPERLINK(1)", "s")]
    assert (rows[1][4].value, rows[1][4].data_type) == ("@甲", "s")
    assert hidden.title not in str([[cell.value for cell in row] for row in rows])
    assert AuditEntry.objects.get().action == "export"
    assert 'value="export"' not in client_of(make_staff("news.view_article")).get(LIST).text


def test_too_many_at_once_is_said(editor, column):
    Article.objects.bulk_create(Article(title=f"第{n}篇", column=column) for n in range(201))
    page = action(editor, "submit", *Article.objects.all()[:1], select_across="1").text
    assert "一次最多处理 200 篇" in page
    assert not ReviewRun.objects.exists()


# Rights ---------------------------------------------------------------------------------------------


def test_roles_are_given_on_the_page_of_an_account(column):
    manager, superuser = make_member("manager"), make_user(is_superuser=True, is_staff=True)
    person = make_user(is_staff=True)
    address = f"/admin/portal/user/{person.pk}/change/"
    values = {"column_roles-TOTAL_FORMS": 1, "column_roles-0-role": "first", "column_roles-0-column": column.pk}
    client = client_of(manager)
    assert client.post(address, form_of(client.get(address)) | values).status_code == 302
    assert [group.name for group in person.groups.all()] == ["初审"]
    assert AuditEntry.objects.get(action="permission").changes == {"栏目权限": [[], ["初审（动态）"]]}
    manages = values | {"column_roles-0-role": "manager", "column_roles-0-column": "", "column_roles-0-id": ""}
    client.post(address, form_of(client.get(address)) | manages | {"column_roles-TOTAL_FORMS": 2})
    assert not ColumnRole.objects.filter(user=person, role="manager").exists()
    own = f"/admin/portal/user/{manager.pk}/change/"
    client.post(own, form_of(client.get(own)) | values)
    assert list(manager.column_roles.values_list("role", flat=True)) == ["manager"]
    boss = client_of(superuser)
    values = form_of(boss.get(address)) | {"column_roles-0-DELETE": "on", "groups": []}
    assert boss.post(address, values).status_code == 302
    assert not person.groups.exists()


def test_a_live_article_is_not_deleted_but_withdrawn(editor, column):
    live, draft = make_article(column=column), make_article(column=column, status=Status.DRAFT)
    for article, status in ((live, 403), (draft, 302)):
        assert editor.post(f"{LIST}{article.pk}/delete/", {"post": "yes"}).status_code == status
    action(editor, "delete_selected", live, post="yes")
    assert list(Article.objects.kept()) == [live]


def test_an_account_without_a_role_sees_its_own_submissions_alone():
    unit = make_staff("news.view_submission")
    mine = Submission.objects.create(title="我的", body="x", source="甲", author="乙", created_by=unit)
    other = Submission.objects.create(title="别人的", body="x", source="丙", author="丁")
    client = client_of(unit)
    page = client.get("/admin/news/submission/").text
    assert (mine.title in page, other.title in page) == (True, False)
    assert client.get(f"/admin/news/submission/{other.pk}/change/").status_code == 302
    desk = client_of(make_member("editor"))
    assert desk.get(f"/admin/news/submission/{other.pk}/change/").status_code == 200


# Cost -----------------------------------------------------------------------------------------------


def test_the_list_of_an_editor_asks_few_questions(editor, first, column):
    for number in range(12):
        article = make_article(column=column, status=Status.DRAFT)
        if number % 2:
            review.submit(article, by=User.objects.get(username="editor"))
    for client, address in ((editor, LIST), (first, f"{LIST}?review=mine"), (editor, f"{LIST}?review=returned")):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        assert len(captured) <= 13, address


def test_saving_and_publishing_on_the_page_ask_few_questions(editor, second, first, column):
    source, tag = make_source(), make_tag()
    record("add")  # the first entry of a log asks more
    values = values_of(editor.get(ADD)) | article_form(column, published_at="", _submit="1")
    assert asked(lambda: editor.post(ADD, values)) <= 22
    article = Article.objects.latest("pk")
    step(first, article, "approve", version=1, level=1)
    final = {"version": 1, "level": 2}
    assert asked(lambda: second.post(f"{LIST}{article.pk}/review/approve/", final)) <= 27
    assert asked(lambda: page_of(editor, article)) <= 20
    column.reviews = 0
    column.save()
    live = values_of(page_of(editor, article)) | {"title": "改"}
    assert asked(lambda: editor.post(f"{LIST}{article.pk}/change/", live)) <= 22
    draft = make_article(column=column, status=Status.DRAFT, source=source, tags=[tag])
    for buttons, bound in (({}, 28), ({"_submit": "1"}, 30)):
        changed = values_of(page_of(editor, draft)) | {"title": f"改{bound}", "summary": "摘要。"} | buttons
        assert asked(lambda changed=changed: editor.post(f"{LIST}{draft.pk}/change/", changed)) <= bound
    assert current(draft).is_live
    assert asked(lambda: editor.post(ADD, values)) <= 28
    assert Article.objects.latest("pk").is_live


def asked(act):
    """Return how many questions the database is asked by `act`."""
    with CaptureQueriesContext(connection) as captured:
        assert act().status_code in (200, 302)
    return len(captured)
