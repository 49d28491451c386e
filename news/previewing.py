"""Drafts on the page that readers will see, and links that show one to somebody without an account."""

import secrets
from copy import copy
from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone

from news.models.desk import PreviewLink, token_hash
from news.versions import attachments_of, draft_of
from news.views.articles import article_context
from portal.headers import PREVIEW_POLICY

LIVES = {
    "hour": ("1 小时", timedelta(hours=1)),
    "day": ("1 天", timedelta(days=1)),
    "week": ("7 天", timedelta(days=7)),
}


def preview_of(version):
    """Return (article, names of its tags, attachments) as `version` says them, whatever was written since."""
    article = copy(version.article)
    article.latest_version = version
    return draft_of(article), version.content["tags"], attachments_of(version.content)


def preview_page(request, article, *, tags, attachments, template="news/article.html", **extra):
    """Answer with the public page of `article`, which may be unsaved. Nothing is counted, nothing is kept anywhere."""
    now = timezone.now()
    article.pk = article.pk or 0
    article.published_at = article.published_at or now
    article.updated_at = article.updated_at or now
    context = article_context(
        request, article, tags=tags, attachments=attachments, corrections=article.correction_notes.all()
    )
    return private(render(request, template, context | extra))


def private(response):
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def framed(response):
    """Let a page of the admin show this answer in a frame."""
    response["Content-Security-Policy"] = PREVIEW_POLICY
    return response


def make_link(version, *, by, life):
    """Return (link, token): an address of `version` that opens for the time that LIVES names. The token is not kept."""
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    link = PreviewLink.objects.create(
        version=version, token_hash=token_hash(token), created_by=by, created_at=now, expires_at=now + LIVES[life][1]
    )
    return link, token


def link_called(token):
    """Return the open link of `token`; None for one that is unknown, expired or revoked alike."""
    links = PreviewLink.objects.open().called(token)
    return links.select_related(
        "version__article__column", "version__article__source", "version__article__cover"
    ).first()
