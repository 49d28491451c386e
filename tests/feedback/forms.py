"""Filled-in message forms, as visitors send them."""

import re
import time
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import Signer

from feedback.models import Topic
from portal.spam import challenge

RECEIPT = "/feedback/receipt/"
CODE = re.compile(r'receipt-code">([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})<')
FILLED = {
    "title": "请问怎样入会",
    "body": "我们是一家省级开发区，想加入协会。",
    "name": "王小明",
    "phone": "010-00000000",
    "may_publish": "on",
    "agrees": "on",
}


def old_stamp(seconds=600):
    """The stamp of a form that was opened `seconds` ago."""
    return Signer(salt="portal.spam.stamp").sign(f"{int(time.time() - seconds):x}")


def make_topic(**overrides):
    return Topic.objects.create(**{"name": "咨询", "department": "会员部"} | overrides)


def send(client, subject, *, headers=None, address="203.0.113.7", **changes):
    """Post the filled form with the topic `subject` with `changes`; a change to None leaves the field out."""
    values = FILLED | {"topic": subject.pk, "stamp": old_stamp()} | changes
    values = {name: value for name, value in values.items() if value is not None}
    return client.post("/feedback/new/", values, headers=headers, REMOTE_ADDR=address)


def pdf(name="a.pdf", content=b"%PDF-1.7 text"):
    return SimpleUploadedFile(name, content)


def code_on(response):
    return CODE.search(response.text)[1]


def look(client, number, code, address="203.0.113.7"):
    return client.post(RECEIPT, {"number": number, "code": code}, REMOTE_ADDR=address)


def act(client, page, what, **values):
    token = re.search(r'name="token" value="([^"]+)"', page.text)[1]
    return client.post(RECEIPT, {"token": token, "act": what} | values)


def hidden_of(page):
    """The fields that a page carries on, as a browser would send them."""
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<textarea name="(\w+)" hidden[^>]*>\n(.*?)</textarea>', page, re.DOTALL))
    return {name: unescape(value) for name, value in fields.items()}


def answered(client, response, answer=None, address="203.0.113.7"):
    """Answer the question that `response` asks (rightly unless `answer` is given) and send on."""
    first, what, second = re.search(r"id_answer\">(.)(加|减)(.)等于几", response.text).groups()
    first, second = challenge.TEENS[first], challenge.TEENS[second]
    right = str(first + second if what == "加" else first - second)
    values = hidden_of(response.text) | {"answer": right if answer is None else answer}
    return client.post(
        re.search(r'<form class="form" method="post" action="([^"]+)"', response.text)[1], values, REMOTE_ADDR=address
    )
