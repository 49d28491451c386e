"""Filled-in contribution forms, as people send them, and what staff do with them."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import make_user, picture_bytes
from tests.feedback.forms import old_stamp

CODE = re.compile(r'receipt-code">([0-9A-HJKMNP-TV-Z-]{14})<')
WORDS = {
    "title": "某开发区建成零碳园区",
    "body": "园区建成分布式光伏。\n\n全年发电一亿度 <b>。",
    "source": "某省开发区协会",
    "author": "张三",
    "phone": "010-00000000",
    "owns": "on",
    "agrees": "on",
}


def send(client, *, address="203.0.113.7", headers=None, **changes):
    """Post the filled form with `changes`; a change to None leaves the field out."""
    values = {name: value for name, value in (WORDS | {"stamp": old_stamp()} | changes).items() if value is not None}
    return client.post("/contribute/", values, REMOTE_ADDR=address, headers=headers)


def code_on(page):
    return CODE.search(page.text)[1]


def look(client, number, code, **extra):
    return client.post("/contribute/receipt/", {"number": number, "code": code}, **extra)


def act(client, page, what, **values):
    token = re.search(r'name="token" value="([^"]+)"', page.text)[1]
    return client.post("/contribute/receipt/", {"token": token, "act": what} | values)


def picture(name="a.png", **options):
    return SimpleUploadedFile(name, picture_bytes(**options))


def make_unit(unit="某省开发区协会"):
    return make_user(unit=unit)


def step(client, submission, what, **values):
    return client.post(f"/admin/news/submission/{submission.pk}/step/{what}/", values, follow=True)
