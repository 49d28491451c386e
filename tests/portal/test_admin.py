"""The staff's side of the site as a whole: signing in, the first page, settings, home page, accounts, pictures."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.test import RequestFactory
from django.utils import timezone

from news.models import Article, RightsStatement, Submission
from portal.audit import record
from portal.models import BlockPicture, HomeBlock, LinkCheck, SiteSettings, User
from tests.factories import (
    client_of,
    make_article,
    make_block,
    make_column,
    make_picture,
    make_staff,
    make_user,
)
from tests.whole_site import make_site

SITE = "/admin/portal/sitesettings/1/change/"


@pytest.fixture
def boss(db):
    return client_of(make_user(is_staff=True, is_superuser=True, username="boss"))


def form_of(response):
    """The values that the admin form of a page would send back unchanged."""
    form = response.context["adminform"].form
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    for formset in response.context["inline_admin_formsets"]:
        management = formset.formset.management_form
        values |= {management.add_prefix(name): management[name].value() for name in management.fields}
        for part in formset.formset.forms:
            values |= {part.add_prefix(name): part[name].value() for name in part.fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def errors_of(response):
    return {name: list(errors) for name, errors in response.context["adminform"].form.errors.items()}


# Keys that no list and no field gives -----------------------------------------------------------

NO_KEYS = ["abc", "\0", "-1", "２", "9" * 25, str(2**63)]


@pytest.mark.parametrize("key", NO_KEYS)
def test_ticked_keys_that_are_none_are_refused_in_every_list(boss, key):
    boss.raise_request_exception = False
    for model in admin.site._registry:
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        response = boss.post(address, {"action": "delete_selected", "_selected_action": key, "index": 0})
        assert response.status_code < 500, address
    assert boss.post("/admin/news/article/", {"action": "pin", "_selected_action": key}).status_code == 400


@pytest.mark.parametrize("key", NO_KEYS)
def test_a_choice_that_is_none_is_an_error_of_its_field(boss, key):
    response = boss.post("/admin/associations/association/add/", {"logo": key})
    assert errors_of(response)["logo"]
    pictures = {"pictures-TOTAL_FORMS": 0, "pictures-INITIAL_FORMS": 0}
    response = boss.post("/admin/portal/homeblock/add/", {"column": key} | pictures)
    assert errors_of(response)["column"]


@pytest.mark.parametrize("key", [*NO_KEYS, "999999"])
def test_rights_and_groups_that_are_none_are_an_error_of_their_field(boss, key):
    right, root = Permission.objects.get(codename="view_article"), User.objects.get(username="boss")
    answer = boss.post("/admin/auth/group/add/", {"name": "组", "permissions": [right.pk, key]})
    assert list(errors_of(answer)) == ["permissions"]
    assert not Group.objects.filter(name="组").exists()
    account = f"/admin/portal/user/{root.pk}/change/"
    for name in ("groups", "user_permissions"):
        assert list(errors_of(boss.post(account, form_of(boss.get(account)) | {name: [key]}))) == [name]


# Signing in -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "username", ["a\x00b", "\ud800".encode("utf-8", "surrogatepass"), "名" * 10_000, "", "' OR 1=1 --", "\u202e\ufffe"]
)
def test_the_login_page_answers_whatever_is_typed(client, username):
    response = client.post("/admin/login/", {"username": username, "password": "x" * 10_000})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_staff_sign_in_and_others_do_not(client):
    make_user(username="reader", password="correct-horse")
    make_user(username="editor", password="correct-horse", is_staff=True)
    assert client.post("/admin/login/", {"username": "reader", "password": "correct-horse"}).status_code == 200
    response = client.post("/admin/login/", {"username": "editor", "password": "correct-horse"})
    assert response.headers["Location"] == "/admin/"


# Every page -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_first_page_is_grouped_and_shows_only_what_one_may_see(boss):
    page = boss.get("/admin/").content.decode()
    assert re.findall(r'<span class="section">([^<]+)', page) == ["内容", "来信", "名录", "网站", "账号"]
    editor = client_of(make_staff("news.view_article"))
    page = editor.get("/admin/").content.decode()
    assert re.findall(r'<span class="section">([^<]+)', page) == ["内容"]
    assert "/admin/portal/user/" not in page


def test_no_admin_page_has_inline_script(boss):
    article = make_article()
    for address in (
        "/admin/",
        "/admin/news/article/",
        f"/admin/news/article/{article.pk}/change/",
        "/admin/news/column/",
    ):
        response = boss.get(address)
        page = response.content.decode()
        assert "script-src 'self';" in response["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>\s*\S", page), address


@pytest.mark.parametrize("query", ["q=%00", "status__exact=%00", "p=-1", "p=1000000000", "column=abc", "column=99999999999999999999",
                                   "published_at__year=99999999", "o=9.9", "_facets=1", "all=", "nonsense=1", "q=" + "字" * 300])  # fmt: skip
def test_lists_answer_whatever_the_address_says(boss, query):
    make_article()
    response = boss.get(f"/admin/news/article/?{query}", follow=True)
    assert response.status_code in (200, 400)


@pytest.mark.parametrize("term", ["%00", "%ED%A0%80", "字" * 300])
def test_choices_while_typing_answer_whatever_is_typed(boss, term):
    query = f"app_label=news&model_name=article&field_name=cover&term={term}"
    assert boss.get(f"/admin/autocomplete/?{query}").status_code in (200, 400)


def asked_by(client):
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(pk=client.session["_auth_user_id"])
    return request


def test_every_page_of_every_model_opens(boss):
    make_site()
    Submission.objects.create(title="投稿", body="正文", source="某区", author="某人")
    RightsStatement.objects.recorded()
    record("login")
    LinkCheck.objects.create(url="/x/", checked_at=timezone.now())
    for model, model_admin in admin.site._registry.items():
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        item = model._default_manager.first()
        addresses = [base, f"{base}?q=开发区" if model_admin.search_fields else base]
        addresses.append(f"{base}999999999999999999999/change/")
        if item:
            addresses += [f"{base}{item.pk}/change/", f"{base}{item.pk}/history/"]
        if model is Article:  # what is live is withdrawn, not deleted
            item = make_article(status="draft")
        if item and model_admin.has_delete_permission(asked_by(boss), item):
            addresses.append(f"{base}{item.pk}/delete/")
        for address in addresses:
            response = boss.get(address, follow=True)
            assert response.status_code == 200 or ("999999999" in address and response.status_code == 404), address
            assert 'lang="zh-' in response.content.decode()


def test_a_list_deletes_what_is_chosen(boss):
    for model, item in [
        ("news/column", make_column()),
        ("news/article", make_article(status="draft")),
        ("portal/picture", make_picture()),
    ]:
        values = {"action": "delete_selected", "_selected_action": [item.pk]}
        assert str(item) in boss.post(f"/admin/{model}/", values).content.decode()
        boss.post(f"/admin/{model}/", values | {"post": "yes"})
        found = type(item).objects.filter(pk=item.pk)
        assert not (found.kept() if model == "news/article" else found).exists(), model


# Site settings --------------------------------------------------------------------------------


def test_site_settings_are_one_form(boss):
    assert boss.get("/admin/portal/sitesettings/", follow=True).redirect_chain == [(SITE, 302)]
    assert not SiteSettings.objects.exists()  # looking at the form stores nothing
    response = boss.post(SITE, form_of(boss.get(SITE)) | {"name": "中国开发区协会", "icp_number": "京ICP备12345678号"})
    assert response.status_code == 302
    assert SiteSettings.objects.get().name == "中国开发区协会"
    assert boss.get("/admin/portal/sitesettings/add/").status_code == 403
    assert boss.post("/admin/portal/sitesettings/1/delete/", {"post": "yes"}).status_code == 403
    assert boss.get("/admin/portal/sitesettings/2/change/").status_code == 302


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("icp_number", "12345678", "格式应为“京ICP备12345678号”。"),
        ("police_number", "11010502000000", "格式应为"),
        ("main_color", "#ffff00", "太浅"),
        ("main_color", "red", "六位十六进制"),
        ("site_id_code", "12", "标识码"),
        ("postcode", "1", "邮编"),
        ("qq_group", "abc", "QQ 群号"),
        ("email", "x", "邮箱"),
    ],
)
def test_site_settings_explain_what_is_wrong(boss, name, value, message):
    response = boss.post(SITE, form_of(boss.get(SITE)) | {name: value})
    assert any(message in error for error in errors_of(response)[name]) or name == "email"
    assert list(errors_of(response)) == [name]


@pytest.mark.django_db
def test_site_settings_need_the_right():
    assert client_of(make_staff()).get("/admin/portal/sitesettings/").status_code == 403
    reader = client_of(make_staff("portal.view_sitesettings"))
    assert reader.get(SITE).status_code == 200
    assert reader.post(SITE, {"name": "改名"}).status_code == 403


# Home page blocks -----------------------------------------------------------------------------


def test_blocks_are_put_in_order_in_the_list(boss):
    first, second = make_block(position=10), make_block(position=20, kind="zones")
    page = boss.get("/admin/portal/homeblock/")
    values = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "保存"}
    for number, form in enumerate(page.context["cl"].formset.forms):
        block = form.instance
        values |= {
            f"form-{number}-id": block.pk,
            f"form-{number}-position": 30 - block.position,
            f"form-{number}-is_active": "on",
        }
    boss.post("/admin/portal/homeblock/", values)
    assert list(HomeBlock.objects.all()) == [second, first]
    looker = client_of(make_staff("portal.view_homeblock"))
    assert looker.post("/admin/portal/homeblock/", values).status_code in (200, 403)
    assert list(HomeBlock.objects.all()) == [second, first]


def test_a_block_that_needs_a_column_says_so_and_takes_pictures(boss):
    add = "/admin/portal/homeblock/add/"
    values = form_of(boss.get(add)) | {"kind": "column", "count": 6, "width": 4, "look": "text"}
    assert "要选一个栏目" in boss.post(add, values).content.decode()
    picture, column = make_picture(), make_column()
    values |= {"kind": "pictures", "column": column.pk, "pictures-TOTAL_FORMS": 1}
    values |= {"pictures-0-picture": picture.pk, "pictures-0-title": "专题", "pictures-0-position": 0}
    assert "站内地址" in boss.post(add, values | {"pictures-0-url": "//evil.example"}).content.decode()
    assert boss.post(add, values | {"pictures-0-url": "/zones/"}).status_code == 302
    assert BlockPicture.objects.get().url == "/zones/"


# Accounts -------------------------------------------------------------------------------------


def test_an_account_is_made_with_one_name_field(boss):
    page = boss.get("/admin/portal/user/add/").content.decode()
    assert "first_name" not in page
    values = {"username": "zhang", "name": "张编辑", "usable_password": "true"}
    values |= {"password1": "correct-horse-battery", "password2": "correct-horse-battery"}
    assert boss.post("/admin/portal/user/add/", values).status_code == 302
    assert str(User.objects.get(username="zhang")) == "张编辑"


def test_permissions_read_in_chinese_and_name_what_staff_see(boss):
    page = boss.get("/admin/auth/group/add/").content.decode()
    assert "资讯 · 文章 · 修改" in page
    assert "留言 · 留言 · 修改" in page
    assert "Can add" not in page
    assert "导入记录" not in page


@pytest.mark.django_db
def test_nobody_hands_out_rights_that_he_has_not_got():
    victim = make_user(is_staff=True, is_superuser=True, username="root")
    helper = make_staff("portal.change_user", "portal.view_user", "portal.delete_user")
    client = client_of(helper)
    own = f"/admin/portal/user/{helper.pk}/change/"
    values = form_of(client.get(own)) | {
        "is_superuser": "on",
        "groups": Group.objects.create(name="别的组").pk,
        "name": "新名",
    }
    client.post(own, values)
    helper.refresh_from_db()
    assert (helper.name, helper.is_superuser, helper.groups.count()) == ("新名", False, 0)
    assert client.post(f"/admin/portal/user/{victim.pk}/change/", values).status_code == 403
    assert client.post(f"/admin/portal/user/{victim.pk}/password/", {}).status_code == 403
    assert client.post(f"/admin/portal/user/{victim.pk}/delete/", {"post": "yes"}).status_code == 403
    values = {"action": "delete_selected", "_selected_action": [victim.pk], "post": "yes"}
    client.post("/admin/portal/user/", values)
    assert User.objects.filter(pk=victim.pk).exists()
