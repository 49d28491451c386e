"""The account of an association or zone: its own list, drafts and figures, and nothing of anybody else's."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from news.models import Article, Submission, SubmissionFile, SubmissionStep
from portal.models import AuditEntry, SiteSettings
from tests.factories import client_of, make_article, make_member, make_source, make_staff, make_user
from tests.news.contributions import WORDS, make_unit, picture, send, step

pytestmark = pytest.mark.django_db
NEW = "/contribute/mine/new/"
FORM = {name: value for name, value in WORDS.items() if name != "source"}


def login(client, user, password="correct-horse-battery"):
    return client.post("/contribute/login/", {"username": user.username, "password": password})


def test_logging_in_sets_the_session_there_only_and_nothing_is_cached(client):
    unit = make_unit()
    page = client.get("/contribute/login/")
    assert page["Cache-Control"] == "private, no-store"
    assert "session" not in page.cookies
    assert not Client().get("/contribute/").cookies
    answer = login(client, unit)
    assert (answer.status_code, answer["Location"]) == (302, "/contribute/mine/")
    assert "session" in answer.cookies
    for address in ("/contribute/mine/", NEW, "/contribute/login/"):
        assert client.get(address)["Cache-Control"] == "private, no-store"
    assert AuditEntry.objects.filter(action="login", user=unit).count() == 1
    assert client.post("/contribute/logout/").status_code == 302
    assert client.get("/contribute/mine/")["Location"] == "/contribute/login/"


def test_wrong_passwords_lock_and_staff_are_sent_to_the_admin(client):
    unit, staff = make_unit(), make_staff(unit="某协会")
    assert "后台登录" in login(client, staff).text
    for _ in range(5):
        assert login(client, unit, "wrong").status_code == 422
    assert login(client, unit).status_code == 429
    assert "session" not in client.cookies


@pytest.mark.parametrize("address", ["", "new/", "{}/", "{}/edit/"])
def test_pages_of_accounts_are_for_accounts(client, address):
    item = Submission.objects.create(title="甲的稿件", body="x", source="甲", author="甲", created_by=make_unit("甲"))
    address = "/contribute/mine/" + address.format(item.pk)
    for stranger in (client, client_of(make_staff("news.view_submission")), client_of(make_user())):
        for answer in (stranger.get(address), stranger.post(address, FORM)):
            assert (answer.status_code, answer.headers.get("Location")) == (302, "/contribute/login/")
    other = client_of(make_unit("乙"))
    assert "甲的稿件" not in other.get(address).text
    if str(item.pk) in address:
        assert other.get(address).status_code == 404
        assert other.post(address, FORM | {"withdraw": "1"}).status_code == 404
    item.refresh_from_db()
    assert (item.title, item.stage) == ("甲的稿件", "new")


def test_a_form_without_a_token_is_refused():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_unit())
    assert strict.post(NEW, FORM).status_code == 403
    assert not Submission.objects.exists()


def test_a_draft_is_its_owners_until_it_is_sent():
    unit = make_unit()
    client, editor = client_of(unit), client_of(make_member("editor"))
    answer = client.post(NEW, {"title": "还没写完", "keep": "1", "pictures": [picture()]})
    item = Submission.objects.get()
    assert answer["Location"] == f"/contribute/mine/{item.pk}/"
    assert (item.stage, item.source, item.files.count(), item.rights) == ("draft", unit.unit, 1, None)
    assert "还没写完" in client.get("/contribute/mine/").text
    assert "还没写完" not in editor.get("/admin/news/submission/").text
    assert editor.get(f"/admin/news/submission/{item.pk}/change/").status_code == 302
    edit = f"/contribute/mine/{item.pk}/edit/"
    assert "还没写完" in client.get(edit).text
    short = client.post(edit, {"title": "还没写完"})
    assert short.status_code == 422
    assert "请写正文" in short.text
    client.post(edit, {"title": "写了一半", "body": "一半", "keep": "1"})
    item.refresh_from_db()
    assert (item.stage, item.title) == ("draft", "写了一半")
    client.post(edit, FORM)
    client.post(edit, FORM)
    item.refresh_from_db()
    assert (item.stage, item.rights.version, item.steps.count()) == ("new", 1, 1)
    assert WORDS["title"] in editor.get("/admin/news/submission/").text
    assert AuditEntry.objects.filter(action="submission", user=unit).count() == 1


def test_posted_twice_it_is_one(client):
    client = client_of(make_unit())
    for _ in range(2):
        client.post(NEW, FORM)
    assert (Submission.objects.count(), SubmissionStep.objects.count()) == (1, 1)


def test_kept_and_then_sent_from_the_same_page_it_is_one(client):
    client = client_of(make_unit())
    client.post(NEW, FORM | {"keep": "1"})
    client.post(NEW, FORM)
    assert (Submission.objects.get().stage, SubmissionStep.objects.count()) == ("new", 1)
    assert Submission.objects.get().consented_at


def test_sent_back_sent_again_and_published_in_the_list():
    unit, editor = client_of(make_unit()), client_of(make_member("editor"))
    unit.post(NEW, FORM)
    item = Submission.objects.get()
    step(editor, item, "send_back", remarks="请补充数据来源")
    page = unit.get(f"/contribute/mine/{item.pk}/")
    assert "请补充数据来源" in page.text
    unit.post(f"/contribute/mine/{item.pk}/edit/", FORM | {"title": "补充过的稿件"})
    item.refresh_from_db()
    assert (item.stage, item.title) == ("new", "补充过的稿件")
    article = make_article(status="draft")
    Submission.objects.update(stage="adopted", article=article)
    assert article.get_absolute_url() not in unit.get("/contribute/mine/").text
    Article.objects.update(status="published")
    for address in ("/contribute/mine/", f"/contribute/mine/{item.pk}/"):
        assert f'href="{article.get_absolute_url()}"' in unit.get(address).text
    Submission.objects.create(title="旧名", body="x", source="旧名", author="x", created_by=item.created_by)
    page = unit.get("/contribute/mine/").text
    assert "投稿 2 篇，采用 1 篇，采用率 50%" in page
    assert page.count('月</th><td class="number">') == 1


def test_an_account_withdraws_its_own():
    unit = client_of(make_unit())
    unit.post(NEW, FORM)
    item = Submission.objects.get()
    assert unit.post(f"/contribute/mine/{item.pk}/", {"withdraw": "1"}).status_code == 302
    assert unit.post(f"/contribute/mine/{item.pk}/", {"withdraw": "1"}).status_code == 422
    item.refresh_from_db()
    assert item.stage == "withdrawn"


def make_figures():
    for unit, stages in {"甲协会": ["adopted", "new"], "乙开发区": ["declined"], "陌生人": ["adopted"]}.items():
        for stage in stages:
            Submission.objects.create(title="x", body="x", source=unit, author="x", stage=stage)
    for more in ({"stage": "draft"}, {"stage": "withdrawn"}, {"is_quarantined": True}):
        Submission.objects.create(title="x", body="x", source="甲协会", author="x", **more)
    make_source(name="甲协会")


def test_the_rates_by_unit_and_month_to_excel():
    make_figures()
    address = "/admin/news/submission/rates/"
    assert Client().get(address).status_code == 302
    for person in (make_staff(), make_staff("news.view_submission"), make_unit()):
        assert client_of(person).get(address).status_code in (302, 403)
    editor = make_member("editor")
    page = client_of(editor).get(address)
    assert "<td>2</td><td>1</td><td>50%</td>" in page.text
    assert client_of(editor).get(address + "?year=x").status_code == 200
    reader = make_staff("news.view_submission", roles=["editor"])
    reader.groups.clear()  # the groups of the roles may export
    assert client_of(reader).get(address + "?format=xlsx").status_code == 403
    boss = make_staff("news.view_submission", "portal.export_lists", roles=["editor"])
    answer = client_of(boss).get(address + "?format=xlsx")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert ("甲协会", 2, 1, 50) in list(book["按单位"].values)
    assert [row[0::2] for row in list(book["按单位和月份"].values)[1:] if row[0] == "甲协会"] == [("甲协会", 2, 50)]
    assert AuditEntry.objects.filter(action="export").count() == 1


def test_the_ranking_is_public_only_when_switched_on(client):
    make_figures()
    assert client.get("/contribute/ranking/").status_code == 404
    assert "采用排行" not in client.get("/contribute/").text
    SiteSettings.objects.create(name="协会", shows_ranking=True)
    page = client.get("/contribute/ranking/")
    assert "甲协会" in page.text
    assert "陌生人" not in page.text
    assert "采用排行" in client.get("/contribute/").text


def test_files_go_with_a_deleted_submission(client, django_capture_on_commit_callbacks):
    send(client, pictures=[picture()])
    file = SubmissionFile.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        Submission.objects.get().delete()
    assert not file.storage.exists(file.name)


def test_the_visitors_form_does_not_know_who_is_logged_in():
    unit = make_unit()
    send(client_of(unit))
    assert Submission.objects.get().created_by is None
