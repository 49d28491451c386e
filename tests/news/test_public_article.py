import pytest
from django.db.models import QuerySet
from django.http import Http404

from news.models import Article
from news.public_article import FIELDS, public_article
from tests.factories import make_article, make_picture, make_source

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
    assert (shown.has_tags, shown.has_attachments, shown.has_corrections) == (False, False, False)


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
