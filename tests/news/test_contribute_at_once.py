"""Presses at the same moment, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from news.contributions import adoption, steps
from news.models import Article, Submission, SubmissionStep
from tests.factories import make_column, make_member, make_source


@pytest.mark.django_db(transaction=True)
def test_adopted_by_many_at_once_it_is_one_article():
    item = Submission.objects.create(title="来稿", body="正文", source="某协会", author="某")
    editor, column, source = make_member("editor"), make_column(reviews=1), make_source()

    def press(_):
        try:
            row = Submission.objects.get(pk=item.pk)
            return adoption.adopt(row, column=column, source=source, by=editor).pk
        except steps.Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(press, range(8)))
    assert found == {Article.objects.get().pk}
    assert SubmissionStep.objects.filter(act="adopt").count() == 1
