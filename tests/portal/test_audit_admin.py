"""The admin and the log-in write the audit log: what is done anywhere is in it."""

import time

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from associations.models import Link
from news.models import Article, Column
from portal.audit.admin import Audited
from portal.models import AuditEntry, LoginTries, User
from tests.factories import client_of, make_column, make_message, make_staff, make_user, make_zone
from tests.portal.test_admin import form_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"


@pytest.fixture
def chief():
    return client_of(User.objects.create_superuser("chief", password="x", name="站长"))


def log(*fields):
    return list(AuditEntry.objects.order_by("number").values_list(*fields or ["action"], flat=len(fields) < 2))


def log_in(client, username, password, **extra):
    return client.post(reverse("admin:login"), {"username": username, "password": password}, **extra)


def test_no_admin_class_can_forget_the_log():
    for model, model_admin in admin.site._registry.items():
        assert isinstance(model_admin, Audited), model
    site = type(admin.site)()
    site.register(Article, admin.ModelAdmin)
    assert isinstance(site._registry[Article], Audited)


def test_a_change_is_kept_with_old_and_new_and_long_texts_without(chief):
    zone = make_zone(name="旧名")
    values = {
        "code": zone.code, "name": "新名", "level": "provincial", "type": zone.type, "province": zone.province,
        "is_active": "on",
    }  # fmt: skip
    assert chief.post(reverse("admin:associations_zone_change", args=[zone.pk]), values).status_code == 302
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_type, entry.user_name) == ("change", "associations.zone", "站长（chief）")
    assert entry.address == "127.0.0.1"
    assert entry.changes == {"名称": ["旧名", "新名"], "级别": ["国家级", "省级"]}
    page = make_column(kind="page", body="<p>旧</p>")
    values = {
        "name": page.name,
        "slug": page.slug,
        "kind": "page",
        "look": "text",
        "body": "<p>新</p>",
        "is_active": "on",
    }
    assert chief.post(reverse("admin:news_column_change", args=[page.pk]), values).status_code == 302
    assert AuditEntry.objects.first().changes == {"正文": "已改动", "在导航中显示": ["是", "否"]}
    assert Column.objects.get(pk=page.pk).body == "<p>新</p>"


def test_adding_and_deleting_are_kept(chief):
    chief.post(reverse("admin:associations_linkgroup_add"), {
        "name": "政府部门", "content": "links", "position": "0", "links-TOTAL_FORMS": "1", "links-INITIAL_FORMS": "0",
        "links-0-name": "商务部", "links-0-url": "https://www.mofcom.gov.cn/", "links-0-position": "0", "links-0-is_active": "on",
    })  # fmt: skip
    added = AuditEntry.objects.get(action="add")
    assert added.object_name == "政府部门"
    assert ["", "商务部"] in added.changes.values()
    link = Link.objects.get()
    chief.post(reverse("admin:associations_linkgroup_change", args=[link.group_id]), {
        "name": "政府部门", "content": "links", "position": "0", "links-TOTAL_FORMS": "1", "links-INITIAL_FORMS": "1",
        "links-0-id": link.pk, "links-0-group": link.group_id, "links-0-name": "商务部", "links-0-url": link.url,
        "links-0-position": "0", "links-0-is_active": "on", "links-0-DELETE": "on",
    })  # fmt: skip
    assert AuditEntry.objects.get(action="change").changes == {"链接（删除）": ["1", "0"]}
    zones = [make_zone(), make_zone()]
    one = reverse("admin:associations_zone_delete", args=[zones[0].pk])
    assert chief.post(one, {"post": "yes"}).status_code == 302
    many = {"action": "delete_selected", "_selected_action": [zones[1].pk], "post": "yes"}
    assert chief.post(reverse("admin:associations_zone_changelist"), many).status_code == 302
    assert log("action", "object_id")[2:] == [("delete", str(zone.pk)) for zone in zones]


def test_nothing_of_a_visitor_goes_into_the_log(chief):
    message = make_message(title="我是王小明电话13800138000", name="王小明")
    for name, values in [("accept", {}), ("draft", {"draft-body": "答复内容"}), ("note", {"note-body": "答复内容"})]:
        assert chief.post(reverse("admin:feedback_message_step", args=[message.pk, name]), values).status_code == 302
    chief.post(reverse("admin:feedback_message_reveal", args=[message.pk]))
    kept = "".join(str(row) for row in AuditEntry.objects.values_list())
    assert log() == ["reveal"]
    assert "王小明" not in kept
    assert "13800138000" not in kept
    assert "答复内容" not in kept


def test_rights_and_passwords_have_entries_of_their_own(chief):
    group = Group.objects.create(name="某组")
    user = make_user(name="李四", is_staff=True)
    address = reverse("admin:portal_user_change", args=[user.pk])
    values = form_of(chief.get(address)) | {"groups": [group.pk]}
    values.pop("is_staff")
    assert chief.post(address, values).status_code == 302
    password = {"password1": "new-and-long-enough", "password2": "new-and-long-enough", "usable_password": "true"}
    assert chief.post(reverse("admin:auth_user_password_change", args=[user.pk]), password).status_code == 302
    right = Permission.objects.get(codename="view_zone")
    chief.post(reverse("admin:auth_group_change", args=[group.pk]), {"name": "某组", "permissions": [right.pk]})
    permission, set_password, of_group = AuditEntry.objects.order_by("number")
    assert permission.action == of_group.action == "permission"
    assert permission.changes == {
        "工作人员状态": ["是", "否"],
        "组": {"加上": ["某组"], "去掉": []},
    }
    assert (set_password.action, set_password.object_id) == ("password", str(user.pk))
    assert "pbkdf2" not in str(set_password.changes)
    assert len(of_group.changes["权限"]["加上"]) == 1


def test_log_in_failure_and_log_out_are_kept(client):
    make_staff(username="editor", password=PASSWORD)
    log_in(client, "editor", "wrong", REMOTE_ADDR="10.1.1.1")
    log_in(client, "my-secret-password", "x", REMOTE_ADDR="10.1.1.1")
    assert log_in(client, "editor", PASSWORD, REMOTE_ADDR="10.1.1.1").status_code == 302
    client.post(reverse("admin:logout"))
    assert log() == ["login_failed", "login_failed", "login", "logout"]
    assert log("address") == ["10.1.1.1"] * 3 + ["127.0.0.1"]
    known, unknown = AuditEntry.objects.order_by("number")[:2]
    assert "editor" in known.user_name
    assert (unknown.user_id, "my-secret" in str(vars(unknown))) == (None, False)


def test_five_wrong_passwords_close_the_door_for_this_person_at_this_address(client):
    make_staff(username="editor", password=PASSWORD)
    answers = [log_in(client, "editor", "wrong", REMOTE_ADDR="10.1.1.1") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    locked = log_in(client, "Ｅditor ", PASSWORD, REMOTE_ADDR="10.1.1.1")
    assert (locked.status_code, "请稍后再登录" in locked.text and "门户后台" in locked.text) == (429, True)
    assert 0 < int(locked["Retry-After"]) <= 15 * 60 + 1
    log_in(client, "editor", "wrong", REMOTE_ADDR="10.1.1.1")
    assert log().count("locked_out") == 1
    assert log_in(client, "editor", PASSWORD, REMOTE_ADDR="10.1.1.2").status_code == 302


def test_a_log_in_that_succeeds_counts_anew_and_time_opens_the_door(client, monkeypatch):
    make_staff(username="editor", password=PASSWORD)
    for _ in range(2):
        for _ in range(4):
            log_in(client, "editor", "wrong")
        assert log_in(client, "editor", PASSWORD).status_code == 302
    for _ in range(6):
        locked = log_in(client, "editor", "wrong")
    assert locked.status_code == 429
    LoginTries.objects.update(since=LoginTries.objects.first().since.replace(year=2020))
    assert log_in(client, "editor", PASSWORD).status_code == 302


def test_one_address_tries_so_many_names_and_no_more(client):
    statuses = [log_in(client, f"name{number}", "x").status_code for number in range(51)]
    assert statuses == [200] * 50 + [429]


def test_unknown_closed_and_passwordless_accounts_cost_one_hash_too(client, monkeypatch):
    """The time that an answer takes tells nobody which accounts exist."""
    make_staff(username="known")
    make_staff(username="closed", is_active=False)
    make_user(username="visitor")
    User.objects.create(username="without", is_staff=True, password="!")
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashes = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashes.append(1) or encode(*args))
    counts = {}
    for name in ("known", "closed", "visitor", "without", "nobody"):
        hashes.clear()
        answer = log_in(client, name, "wrong")
        counts[name] = (len(hashes), "请输入" in answer.text)
    assert len(set(counts.values())) == 1, counts


def test_a_desk_left_alone_closes(settings, monkeypatch):
    client = client_of(make_staff("news.view_article"))
    address = reverse("admin:news_article_changelist")
    assert client.get(address).status_code == 200
    now = time.time()
    monkeypatch.setattr("portal.idle.time.time", lambda: now + 29 * 60)
    assert client.get(address, headers={"X-Portal-Background": "1"}).status_code == 200
    monkeypatch.setattr("portal.idle.time.time", lambda: now + 31 * 60)
    answer = client.get(address, follow=True)
    assert answer.redirect_chain
    assert "已经退出" in answer.text
    assert log("action", "summary")[-1] == ("logout", "长时间没有操作")
