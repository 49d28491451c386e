import pytest
from django.db import IntegrityError, transaction

from feedback.models import Message, Topic
from tests.feedback.forms import FILLED, old_stamp, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return Topic.objects.create(name="咨询")


def test_a_message_arrives_and_the_visitor_is_thanked(client, topic):
    response = send(client, topic)
    assert response.status_code == 200
    message = Message.objects.get()
    assert (message.title, message.name, message.may_publish, message.is_public) == (
        "请问怎样入会",
        "王小明",
        True,
        False,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""), ("title", "问" * 51), ("title", "a\x00b"), ("body", "字" * 2001), ("body", "\x00"), ("name", " "),
        ("topic", "999999"), ("topic", "abc"), ("email", "nobody"), ("phone", ""), ("phone", "1" * 31),
    ],
)  # fmt: skip
def test_a_bad_field_is_named_and_nothing_typed_is_lost(client, topic, field, value):
    response = send(client, topic, **{field: value})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Message.objects.exists()
    if field != "body":
        assert FILLED["body"] in response.text


def test_a_message_with_an_undecodable_text_is_kept_readable(client, topic):
    body = f"topic={topic.pk}&title=%ED%A0%80问题&body=内容&name=王&phone=1&agrees=on&stamp={old_stamp()}"
    response = client.post("/feedback/new/", body.encode(), content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert "问题" in Message.objects.get().title


def test_the_form_sets_no_cookie_and_another_sites_page_cannot_send(client, topic):
    assert not client.get("/feedback/new/").cookies
    cross_site = [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
    for headers in cross_site:
        response = send(client, topic, headers=headers)
        assert response.status_code == 403
    assert not Message.objects.exists()
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert send(client, topic, headers=own).status_code == 200


def test_a_published_answer_shows_the_family_name_and_no_contact(client, topic):
    from tests.factories import make_message

    make_message(reply="欢迎。", may_publish=True, is_public=True, title="公开的一条", email="wang@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_message(reply="已答复。", may_publish=False, is_public=True, title="没有同意的一条")
    make_message(reply="已答复。", may_publish=True, is_public=False, title="没有决定的一条")
    make_message(may_publish=True, is_public=True, title="没有答复的一条")
    page = client.get("/feedback/").text
    assert "公开的一条" in page
    assert "王**" in page
    for hidden in ("没有同意", "没有决定", "没有答复", "王小明", "wang@example.org", "010-00000000"):
        assert hidden not in page
