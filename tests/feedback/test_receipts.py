"""A receipt opens one's own message and no other, by number and code, without a cookie."""

import random
import re
import time
from datetime import timedelta

import pytest
from django.core import signing
from django.db import transaction
from django.test import Client
from django.utils import timezone

from feedback.models import Message, Reply, Supplement
from portal import receipts, tries
from portal.models import Tries
from portal.receipt_pages import LOCKED, NOT_FOUND, is_right
from tests.factories import make_message
from tests.feedback.forms import FILLED, act, code_on, look, send
from tests.feedback.forms import RECEIPT as ADDRESS

pytestmark = pytest.mark.django_db


def guess():
    return "".join(random.choices(receipts.ALPHABET, k=receipts.CODE_LENGTH))


def test_number_and_code_open_the_message_and_leave_no_trace(client, given):
    message, code = given
    page = look(client, message.shown_number.replace("-", " "), code.lower())
    assert page.status_code == 200
    for words in ("新收到", "会员部", f"{message.due_on:%Y年%-m月%-d日}", FILLED["body"], "证明.pdf"):
        assert words in page.text
    assert code not in page.text
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]
    assert client.get(f"{ADDRESS}?number={message.number}&code={code}").text.count(FILLED["body"]) == 0


def test_a_wrong_number_and_a_wrong_code_look_the_same(client, given):
    message, _ = given
    unknown = receipts.new_number(timezone.localdate())
    pages = [look(client, number, "0000-0000-0000") for number in (message.number, unknown)]
    assert {page.status_code for page in pages} == {422}
    assert pages[0].text.replace(message.number, "") == pages[1].text.replace(unknown, "")
    assert NOT_FOUND in pages[0].text


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        ("", "", "必填"), ("12345678901234", "x", "其中有一位不对"), ("x" * 41, "y", "40"), ("\x00", "a", "编号"), ("1" * 14, "\x00", "查询码"),
    ],
)  # fmt: skip
def test_bad_input_is_named(client, number, code, words):
    response = look(client, number, code)
    assert response.status_code == 422
    assert words in response.text
    assert not Tries.objects.exists()


def test_tries_are_limited_per_address_and_the_count_is_shared(given):
    message, code = given
    answers = [look(Client(), receipts.new_number(timezone.localdate()), guess()) for _ in range(tries.PER_ADDRESS + 2)]
    assert [page.status_code for page in answers] == [422] * tries.PER_ADDRESS + [429] * 2
    assert LOCKED in answers[-1].text
    assert look(Client(), message.number, code).status_code == 429
    assert look(Client(), message.number, code, address="2001:db8::1").status_code == 200
    Tries.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert look(Client(), message.number, code).status_code == 200
    assert "203.0.113.7" not in repr(Tries.objects.values_list())


def test_tries_are_limited_per_number_from_however_many_addresses(given):
    message, code = given
    wrong = [look(Client(), message.number, guess(), address=f"198.51.100.{n}") for n in range(tries.PER_NUMBER + 1)]
    assert [page.status_code for page in wrong] == [422] * tries.PER_NUMBER + [429]
    assert look(Client(), message.number, code, address="192.0.2.1").status_code == 429


def test_addresses_of_one_household_are_one_and_a_header_changes_nothing():
    for n in range(tries.PER_ADDRESS):
        number = receipts.new_number(timezone.localdate())
        page = Client().post(
            ADDRESS, {"number": number, "code": guess()}, REMOTE_ADDR=f"2001:db8:1:2::{n}", headers={"X-Forwarded-For": f"9.9.9.{n}"}
        )  # fmt: skip
        assert page.status_code == 422
    assert look(Client(), receipts.new_number(timezone.localdate()), guess(), "2001:db8:1:2:ffff::1").status_code == 429


def test_the_right_code_costs_no_try(client, given):
    message, code = given
    assert {look(client, message.number, code).status_code for _ in range(30)} == {200}


def test_twenty_thousand_guesses_open_nothing(given, rf):
    message, code = given
    right = receipts.read_code(code)
    request = rf.post(ADDRESS, REMOTE_ADDR="198.51.100.1")
    claimed = sum(tries.claim(tries.keys_of(message.number, request)) for _ in range(200))
    assert claimed == tries.PER_ADDRESS
    kept = message.code_hash
    assert not any(
        receipts.fits(kept, message.number, other) for other in (guess() for _ in range(20_000)) if other != right
    )


def test_wrong_number_and_wrong_code_take_the_same_time(given):
    """Mann-Whitney: the chance that one try is slower than one of the other kind, 0.5 where they cannot be told apart.

    With 1,500 of each its standard deviation is 0.011, so that 0.06 is beyond five of them.
    """
    message, _ = given
    make_message(number=receipts.new_number(timezone.localdate() - timedelta(days=1)))
    unknown = receipts.new_number(timezone.localdate())
    tries = [(known, message.number if known else unknown, guess()) for known in [True, False] * 1_500]
    random.shuffle(tries)
    spent = {True: [], False: []}
    for known, number, code in tries:
        began = time.perf_counter()
        assert not is_right(Message.objects, number, code)
        spent[known].append(time.perf_counter() - began)
    ranked = sorted((seconds, known) for known, times in spent.items() for seconds in times)
    ranks = sum(rank for rank, (_, known) in enumerate(ranked, start=1) if known)
    size = len(spent[True])
    slower = (ranks - size * (size + 1) / 2) / size**2
    assert abs(slower - 0.5) < 0.06, slower


def test_the_sender_adds_withdraws_and_rates(client, given):
    message, code = given
    page = act(client, look(client, message.number, code), "supplement", body="补充一点：我们在山东。")
    assert "补充的内容已收到" in page.text
    act(client, page, "supplement", body="补充一点：我们在山东。")
    assert [row.body for row in Supplement.objects.all()] == ["补充一点：我们在山东。"]
    assert act(client, page, "rate", rating="5").status_code == 422
    Reply.objects.create(message=message, body="欢迎入会。", department="会员部")
    assert "欢迎入会。" not in look(client, message.number, code).text  # not yet given out
    Message.objects.update(stage="answered")
    page = look(client, message.number, code)
    assert "欢迎入会。" in page.text
    for bad in ({}, {"rating": "6"}, {"rating": "x"}, {"rating": "5", "rating_comment": "长" * 301}):
        assert act(client, page, "rate", **bad).status_code == 422
    assert "谢谢您的评价" in act(client, page, "rate", rating="4", rating_comment="很快").text
    assert act(client, page, "rate", rating="1").status_code == 422
    assert Message.objects.values_list("rating", "rating_comment").get() == (4, "很快")
    assert "不能撤回" in act(client, page, "withdraw").text


def test_a_withdrawn_message_stays_withdrawn(client, given):
    message, code = given
    page = look(client, message.number, code)
    assert "留言已撤回" in act(client, page, "withdraw").text
    assert act(client, page, "supplement", body="再补充").status_code == 422
    assert Message.objects.get().stage == "withdrawn"
    assert "已撤回" in look(client, message.number, code).text


def test_receipts_given_before_the_key_changed_still_open(client, given, settings):
    message, code = given
    page = look(client, message.number, code)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key of the same site" * 2
    assert look(client, message.number, code).status_code == 422
    assert act(client, page, "supplement", body="补充一点。").status_code == 422
    settings.SECRET_KEY_FALLBACKS = ["older still", old]
    again = look(client, message.number, code)
    assert (again.status_code, FILLED["body"] in again.text) == (200, True)
    assert "补充的内容已收到" in act(client, page, "supplement", body="补充一点。").text  # the page opened before
    assert look(client, message.number, guess()).status_code == 422
    code = code_on(send(client, message.topic, title="换了密钥以后的事"))
    assert look(client, Message.objects.latest("pk").number, code).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "of another salt", "\x00"])
def test_a_made_up_token_opens_nothing(client, given, token):
    if token == "of another salt":  # made here: it holds the time, and workers must collect the same names
        token = signing.dumps(given[0].number)
    page = client.post(ADDRESS, {"token": token, "act": "withdraw", "body": "我写的话"})
    assert page.status_code == 422
    assert "我写的话" in page.text
    assert Message.objects.get().stage == "new"


def test_a_file_is_a_download_for_the_holder_of_the_receipt(client, given):
    page = look(client, *(given[0].number, given[1]))
    address = re.search(r'href="(/feedback/attachments/[^"]+)"', page.text)[1]
    response = client.get(address)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 text"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Cache-Control"] == "private, no-store"
    pk = given[0].attachments.get().pk
    for wrong in (str(pk), address.split("/")[3][:-1], signing.dumps(pk), "x" * 300):
        assert client.get(f"/feedback/attachments/{wrong}/").status_code == 404


def test_claims_at_the_same_moment_stay_within_the_limit(rf):
    limits = tries.keys_of("26112300000000", rf.post(ADDRESS, REMOTE_ADDR="198.51.100.1"))
    with transaction.atomic():
        assert [tries.claim(limits) for _ in range(15)] == [True] * 10 + [False] * 5
    assert sorted(Tries.objects.values_list("count", flat=True)) == [10, 10]
