from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from news.models import Article, CorrectionNote
from news.public_article import FIELDS, parts_of, public_article
from tests.factories import make_article, make_attachment, make_picture, make_source, make_tag

pytestmark = pytest.mark.django_db


def test_it_is_what_the_model_reads():
    made = make_article(source=make_source(), cover=make_picture(), body="<p>正文</p>")
    stored = Article.objects.select_related("source", "cover").get(pk=made.pk)
    shown = public_article(made.pk)
    for name in FIELDS:
        value, expected = getattr(shown, name), getattr(stored, name)
        assert (value, type(value)) == (expected, type(expected)), name
    assert (shown.source.name, shown.source.site) == (stored.source.name, stored.source.site)
    assert shown.cover.srcset == stored.cover.srcset
    assert parts_of(shown) == ([], [], [])


def test_its_parts_stand_in_their_order():
    article = make_article(tags=[make_tag(name="乙"), make_tag(name="甲")])
    later, first = (
        make_attachment(article, name=name, position=place) for name, place in (("附件二", 2), ("附件一", 1))
    )
    for days in (3, 1, 2):
        CorrectionNote.objects.create(article=article, text=f"{days} 天前", at=timezone.now() - timedelta(days=days))
    tags, attachments, corrections = parts_of(public_article(article.pk))
    assert [tag.name for tag in tags] == ["乙", "甲"]  # as their characters are numbered
    assert [(file.name, file.label) for file in attachments] == [(file.name, file.label) for file in (first, later)]
    assert [file.get_absolute_url() for file in attachments] == [file.get_absolute_url() for file in (first, later)]
    assert [note.text for note in corrections] == ["1 天前", "2 天前", "3 天前"]


def test_its_state_tells_one_state_from_another():
    article, other = make_article(title="原来的标题"), make_article()
    before = public_article(article.pk).state
    QuerySet(Article).filter(pk=article.pk).update(view_count=9)
    assert public_article(article.pk).state == before != public_article(other.pk).state
    Article.objects.filter(pk=article.pk).update(title="改过的标题")
    assert public_article(article.pk).state != before


@pytest.mark.parametrize("pk", [0, 404, 2**63 - 1, 2**70])
def test_what_the_public_does_not_see_is_not_found(pk):
    make_article(pk=404, status="draft")
    with pytest.raises(Http404):
        public_article(pk)
