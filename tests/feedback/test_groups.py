"""Who may do what with messages: the manager everything, those who work on them all but what leads outside."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from feedback.groups import HANDLERS
from tests.factories import client_of, make_member, make_message, make_staff

pytestmark = pytest.mark.django_db
LIST = "/admin/feedback/message/"
OUTSIDE = {
    "approve_reply", "reveal_contacts", "export_messages", "export_personal_data", "publish_message", "erase_person",
    "receive_digest",
}  # fmt: skip


def rights_of(name):
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def handler():
    user = make_staff(name="张办理")
    user.groups.add(Group.objects.get(name=HANDLERS))
    return user


def test_the_managers_group_has_every_right_and_no_other_role_has_one():
    assert rights_of("管理员") >= OUTSIDE
    for name in ("编辑", "初审", "复审", "终审", HANDLERS):
        assert not rights_of(name) & OUTSIDE, name


def test_migrating_again_keeps_what_staff_changed_and_gives_back_what_is_lacking():
    group = Group.objects.get(name=HANDLERS)
    before = rights_of(HANDLERS)
    group.permissions.clear()
    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)
    assert rights_of(HANDLERS) == before >= {"view_message", "change_message", "add_internalnote", "add_replydraft"}
    assert Group.objects.filter(name=HANDLERS).count() == 1


def test_a_handler_works_on_a_message_up_to_the_draft_and_the_manager_does_the_rest():
    message, worker, boss = make_message(phone="13800138000"), client_of(handler()), client_of(make_member("manager"))
    steps = [
        ("accept", {}), ("note", {"note-body": "已电话联系"}), ("assign", {"assign-department": "会员部"}),
        ("draft", {"draft-body": "欢迎入会。"}),
    ]  # fmt: skip
    for name, values in steps:
        assert worker.post(f"{LIST}{message.pk}/step/{name}/", values).status_code == 302, name
    page = worker.get(f"{LIST}{message.pk}/change/").text
    assert "等待审核" in page
    approval = {"approve-seen": "欢迎入会。"}
    for path, values in [("step/approve/", approval), ("reveal/", {}), ("person/erase/", {}), ("masks/", {})]:
        assert worker.post(f"{LIST}{message.pk}/{path}", values).status_code == 403, path
        assert f"{message.pk}/{path}" not in page
    assert worker.post(f"{LIST}export/").status_code == 403
    assert boss.post(f"{LIST}{message.pk}/step/approve/", approval).status_code == 302
    assert "13800138000" in boss.post(f"{LIST}{message.pk}/reveal/").text
    assert boss.get("/admin/feedback/quarantined/").status_code == 200
    assert b"".join(boss.post(f"{LIST}export/", {"export-personal": "on"}))[:2] == b"PK"
    for client in (worker, boss):
        assert client.post(f"{LIST}{message.pk}/delete/", {"post": "yes"}).status_code == 403
