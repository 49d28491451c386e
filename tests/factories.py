"""Rows for tests, made by plain functions: what a test does not name is ordinary."""

import time
from datetime import timedelta
from io import BytesIO
from itertools import count

from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from associations.models import Association, Link, LinkGroup, Zone
from feedback.clock import start_clock
from feedback.models import Message, Reply, Topic
from feedback.publishing import publish_with_proposal
from news.groups import keep_groups
from news.models import Article, Attachment, Column, ColumnRole, JournalIssue, LibraryFile, Source, Tag
from portal.models import HomeBlock, Picture, User
from portal.publishing import Status

PASSWORD = "correct-horse-battery"
_numbers = count(1)


def make_user(**overrides):
    number = next(_numbers)
    values = {"username": f"user{number}", "password": PASSWORD} | overrides
    return User.objects.create_user(**values)


def make_staff(*permissions, roles=(), columns=(None,), **overrides):
    """A member of staff with the named permissions ("news.change_article") and no others; with `roles` in `columns`."""
    user = make_user(is_staff=True, **overrides)
    for role in roles:
        ColumnRole.objects.bulk_create(ColumnRole(user=user, role=role, column=column) for column in columns)
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user


def make_member(*roles, columns=(None,), **overrides):
    """A member of staff in `roles` ("editor", "first" …), in the groups that go with them."""
    user = make_staff(roles=roles, columns=columns, **overrides)
    keep_groups(user)
    return user


def client_of(user):
    """A browser in which `user` has logged in."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["seen"] = int(time.time())  # as after a first page: portal.idle writes once a minute
    session.save()
    return client


def make_column(**overrides):
    number = next(_numbers)
    return Column.objects.create(**{"name": f"栏目{number}", "slug": f"column-{number}"} | overrides)


def make_source(**overrides):
    return Source.objects.create(**{"name": f"某开发区管委会{next(_numbers)}"} | overrides)


def make_tag(**overrides):
    return Tag.objects.create(**{"name": f"标签{next(_numbers)}"} | overrides)


def make_article(*, tags=(), **overrides):
    """A published article of an hour ago, in a column of its own unless one is given."""
    number = next(_numbers)
    values = {
        "title": f"某开发区推进绿色低碳发展（第{number}篇）",
        "body": "<p>园区建成分布式光伏。</p>",
        "status": Status.PUBLISHED,
        "published_at": timezone.now() - timedelta(hours=1),
    }
    if "column" not in overrides:
        values["column"] = make_column()
    article = Article.objects.create(**values | overrides)
    article.tags.set(tags)
    return article


def make_attachment(article, *, content=b"%PDF-1.4", **overrides):
    file = LibraryFile.objects.keep(SimpleUploadedFile("x.pdf", content))
    return Attachment.objects.create(**{"article": article, "library_file": file, "name": "附件"} | overrides)


def make_zone(**overrides):
    number = next(_numbers)
    values = {
        "code": f"G37{number:04d}",
        "name": f"第{number}经济技术开发区",
        "level": "national",
        "type": "etdz",
        "province": "山东",
    }
    return Zone.objects.create(**values | overrides)


def make_association(**overrides):
    return Association.objects.create(**{"name": f"某省开发区协会{next(_numbers)}", "region": "山东"} | overrides)


def make_link(**overrides):
    number = next(_numbers)
    if "group" not in overrides:
        overrides["group"] = LinkGroup.objects.get_or_create(name="友情链接")[0]
    return Link.objects.create(**{"name": f"链接{number}", "url": f"https://example.org/{number}"} | overrides)


def make_journal_issue(**overrides):
    values = {
        "year": 2026,
        "number": next(_numbers) % 100 + 1,
        "status": Status.PUBLISHED,
        "published_at": timezone.now() - timedelta(days=1),
    }
    return JournalIssue.objects.create(**values | overrides)


def make_message(*, reply="", **overrides):
    """A visitor's message; with `reply` an answered one."""
    topic = overrides.pop("topic", None) or Topic.objects.get_or_create(name="咨询")[0]
    values = {
        "title": f"请问怎样入会（{next(_numbers)}）",
        "body": "我们想加入协会。",
        "name": "王小明",
        "phone": "010-00000000",
        "stage": Message.Stage.ANSWERED if reply else Message.Stage.NEW,
    }
    message = Message(topic=topic, **values | overrides)
    if not message.is_quarantined:
        start_clock(message, message.created_at)
        message.due_on = overrides.get("due_on", message.due_on)
    message.save()
    if reply:
        Reply.objects.create(message=message, body=reply, department="会员部")
        if message.is_public and message.may_publish:
            publish_with_proposal(message)
    return message


def make_block(**overrides):
    return HomeBlock.objects.create(**{"kind": HomeBlock.Kind.NEWEST} | overrides)


def picture_bytes(*, width=800, height=450, kind="PNG", color=(11, 61, 145)):
    buffer = BytesIO()
    Image.new("RGB", (width, height), color).save(buffer, kind)
    return buffer.getvalue()


def make_picture(**overrides):
    number = next(_numbers)
    content = picture_bytes(color=(number % 256, number // 256 % 256, 145))
    values = {"title": f"图片{number}", "alt": "园区全景"} | overrides
    return Picture.objects.add(SimpleUploadedFile(f"{number}.png", content), **values)
