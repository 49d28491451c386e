"""Every admin address, action, export and choice × every role: nothing of another's draft leaks, and nothing is done to it."""

import zipfile
from io import BytesIO

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, URLPattern, reverse

from news import review, versions
from news.models import Article, ArticleVersion, Attachment, JournalEntry, LibraryFile, ReviewRun, ReviewStep
from tests.factories import (
    client_of,
    make_article,
    make_attachment,
    make_column,
    make_journal_issue,
    make_member,
    make_picture,
    make_staff,
    make_user,
)
from tests.whole_site import make_site

SECRET = "机密标题"
WORDS = (SECRET, "机密正文", "机密附件", "机密意见", "机密修改", "机密说明")
VERBS = ("submit", "approve", "send_back", "recall", "withdraw")
ACTIONS = ("move", "submit", "withdraw", "pin", "unpin", "export", "delete_selected")


@pytest.fixture
def secrets(db):
    """A draft under review, a draft of a live article, and what hangs on them, in a column of somebody else."""
    make_site()
    there = make_column(name="别人的栏目", reviews=2)
    author, reviewer = make_member("editor"), make_member("first")
    picture = make_picture()
    draft = make_article(
        column=there, status="draft", title=SECRET, body="<p>机密正文</p>", created_by=author, cover=picture
    )
    attachment = make_attachment(draft, name="机密附件", content=b"%PDF-1.4 secret")
    LibraryFile.objects.filter(attachments=attachment).update(title="机密附件")
    live = make_article(column=there, title="公开的标题", cover=picture)
    changed = versions.content_of(live) | {"title": f"{SECRET}的更正", "body": "<p>机密正文</p>"}
    versions.record(live, changed, by=author, reason="机密修改")
    review.submit(Article.objects.get(pk=live.pk), by=author, reason="机密说明", note="机密说明")
    review.submit(draft, by=author)
    review.approve(draft, by=reviewer, version=review.active_run(draft).version, opinion="机密意见")
    issue = make_journal_issue()
    JournalEntry.objects.create(issue=issue, title="目录", article=draft)
    return {"draft": draft, "live": live, "attachment": attachment, "column": there, "picture": picture, "issue": issue}


def strangers(column):
    """Everybody who has no business with those drafts: each role in a column of his own, and accounts without a role."""
    for role in ("editor", "first", "second", "final"):
        yield role, make_member(role, columns=[column])
    every = make_member("editor", "first", "second", "final", columns=[column])
    every.user_permissions.set(Permission.objects.all())
    yield "all roles elsewhere and all rights", every
    bare = make_staff()
    bare.user_permissions.set(Permission.objects.all())
    yield "no role and all rights", bare
    yield "staff without rights", make_staff()
    yield "reader", make_user()


def admin_addresses(secrets):
    """Every address of the admin, its places filled with the keys of what is secret and of everything else."""
    keys = {"article": [secrets["draft"].pk, secrets["live"].pk], "column": [secrets["column"].pk]}
    keys |= {
        "picture": [secrets["picture"].pk],
        "journalissue": [secrets["issue"].pk],
        "libraryfile": [secrets["attachment"].library_file_id],
    }
    for pattern in admin.site.get_urls():
        if isinstance(pattern, URLPattern):
            yield from filled(pattern, [1])
            continue
        for each in pattern.url_patterns:
            model = (each.name or "").split("_")[1] if (each.name or "").count("_") else ""
            found = keys.get(model) or [row.pk for row in first_rows(model)]
            yield from filled(each, found)
    yield f"/admin/news/article/attachments/{secrets['attachment'].pk}/"


def first_rows(model):
    return next((list(m._default_manager.all()[:1]) for m in admin.site._registry if m._meta.model_name == model), [])


def filled(pattern, keys):
    if not pattern.name:
        return
    values = {"verb": VERBS, "direction": ("up",), "app_label": ("news",), "content_type_id": (1,), "url": ("x",)}
    for key in keys or [1]:
        names = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
        for choice in values.get(names[-1], (key,)) if names else (None,):
            given = {name: values.get(name, (key,))[0] for name in names}
            if names and names[-1] in values:
                given[names[-1]] = choice
            try:
                yield reverse(f"admin:{pattern.name}", kwargs=given)
            except NoReverseMatch:
                continue


def choices():
    """Every field of a registered model or its parts that offers other rows while typing."""
    for model, model_admin in admin.site._registry.items():
        for part in (model_admin, *model_admin.inlines):
            owner = getattr(part, "model", model)
            for field in owner._meta.fields:
                if field.remote_field:
                    meta = owner._meta
                    yield f"app_label={meta.app_label}&model_name={meta.model_name}&field_name={field.name}"


def state():
    rows = Article.objects.order_by("pk").values(
        "pk", "status", "title", "column_id", "pinned_until", "live_version_id"
    )
    tables = (ArticleVersion, ReviewRun, ReviewStep, Attachment)
    runs = ReviewRun.objects.order_by("pk").values_list("pk", "state", "level")
    return list(rows), list(runs), [table.objects.count() for table in tables]


def content_of(response):
    """The text of an answer, that of a workbook too."""
    if not response.streaming:
        return response.text
    body = b"".join(response.streaming_content)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as book:
            return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    return body.decode(errors="replace")


def test_nothing_of_anothers_draft_leaks(secrets):
    addresses = sorted(set(admin_addresses(secrets)))
    addresses += [
        "/admin/news/article/?q=机密",
        "/admin/news/article/?review=reviewing",
        "/admin/news/article/labels/",
    ]
    addresses += [f"/admin/autocomplete/?{choice}&term=机密" for choice in choices()]
    assert len(addresses) > 140
    before = state()
    for name, person in strangers(make_column()):
        client = client_of(person)
        for address in addresses:
            if "/logout/" in address:
                continue
            if "/portal/auditentry/" in address and person.has_perm("portal.view_auditentry"):
                continue  # the right to the log is the right to read what everybody did
            page = content_of(client.get(address))
            assert not [word for word in WORDS if word in page], (name, address)
            assert "%PDF-1.4 secret" not in page, (name, address)
    assert state() == before


def test_nothing_is_done_to_anothers_draft(secrets):
    draft, live, there = secrets["draft"], secrets["live"], secrets["column"]
    before, here = state(), make_column()
    for name, person in strangers(here):
        client = client_of(person)
        for action in ACTIONS:
            values = {"action": action, "_selected_action": [draft.pk, live.pk], "apply": "1", "post": "yes"}
            values |= {"column": here.pk, "reason": "想要"}
            page = content_of(client.post("/admin/news/article/", values, follow=True))
            assert not [word for word in WORDS if word in page], (name, action)
        for article in (draft, live):
            base = f"/admin/news/article/{article.pk}"
            for verb in VERBS:
                answer = client.post(
                    f"{base}/review/{verb}/", {"version": 2, "level": 1, "opinion": "想要"}, follow=True
                )
                assert not [word for word in WORDS if word in content_of(answer)], (name, verb)
            client.post(f"{base}/change/", {"title": "改了", "column": there.pk, "body": "改了"})
            client.post(f"{base}/delete/", {"post": "yes"})
        assert state() == before, name


def test_those_whose_business_it_is_see_it(secrets):
    """The walk would prove nothing if it looked past the drafts."""
    base = f"/admin/news/article/{secrets['draft'].pk}"
    for role in ("editor", "first", "second", "final", "manager"):
        client = client_of(make_member(role))
        assert SECRET in client.get(f"{base}/change/").text, role
        assert SECRET in client.get("/admin/news/article/").text, role
        assert "机密意见" in client.get(f"{base}/change/").text, role
