from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from news.models import Article
from portal.publishing import Status
from tests.factories import make_article, make_column

pytestmark = pytest.mark.django_db


def test_only_what_is_published_begun_and_not_expired_is_public():
    now = timezone.now()
    hour = timedelta(hours=1)
    shown = make_article(published_at=now - hour, expires_at=now + hour)
    hidden = [
        make_article(status=Status.DRAFT),
        make_article(status=Status.WITHDRAWN),
        make_article(published_at=now + hour),
        make_article(published_at=now - 2 * hour, expires_at=now - hour),
        make_article(column=make_column(is_active=False)),
    ]
    assert list(Article.objects.published()) == [shown]
    assert shown.is_published()
    assert not any(article.is_published() for article in hidden[:4])


def test_going_live_and_expiring_need_only_time():
    now = timezone.now()
    article = make_article(published_at=now + timedelta(minutes=5), expires_at=now + timedelta(minutes=10))
    seen = [Article.objects.published(at=now + timedelta(minutes=minutes)).exists() for minutes in (4, 5, 9, 10)]
    assert seen == [False, True, True, False]
    assert seen == [article.is_published(at=now + timedelta(minutes=minutes)) for minutes in (4, 5, 9, 10)]


def test_the_database_refuses_an_end_before_the_beginning():
    now = timezone.now()
    with pytest.raises(IntegrityError):
        make_article(published_at=now, expires_at=now)


def test_what_lies_below_a_hidden_column_is_hidden_and_comes_back_with_it():
    root = make_column()
    middle = make_column(parent=root)
    article = make_article(column=make_column(parent=middle))
    root.is_active = False
    root.save()
    assert not Article.objects.published().exists()
    root.is_active = True
    root.save()
    assert list(Article.objects.published()) == [article]
