from datetime import date, datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from feedback import figures
from feedback.models import MonthlyFigures, Topic
from tests.factories import make_message

pytestmark = pytest.mark.django_db


def moment(text):
    return timezone.make_aware(datetime.fromisoformat(text))


def answered(created, replied, *, days, on_time=True, rating=None, topic=None):
    message = make_message(reply="好。", created_at=moment(created), rating=rating, topic=topic)
    message.reply.replied_at, message.reply.working_days, message.reply.is_on_time = moment(replied), days, on_time
    message.reply.save()
    return message


def test_a_month_counts_what_came_and_what_was_answered_in_it(client):
    for number in range(4):
        answered("2026-09-30 23:59", "2026-10-09 09:00", days=number + 1, on_time=number > 0, rating=5)
    make_message(created_at=moment("2026-10-01 00:00"))
    make_message(created_at=moment("2026-10-31 23:59"), stage="spam")
    make_message(created_at=moment("2026-10-31 23:59"), is_quarantined=True)
    call_command("update_feedback_figures", all=True, verbosity=0)
    row = MonthlyFigures.objects.get(month=date(2026, 10, 1))
    assert (row.received, row.answered, row.on_time, row.working_days, row.ratings) == (1, 4, 3, 10, 4)
    page = client.get("/feedback/figures/2026-10/").text
    assert "3（75%）" in page
    assert "2.5 个工作日" in page
    assert "5.0 分" not in page  # four ratings are too few
    answered("2026-10-08 09:00", "2026-10-09 09:00", days=1, rating=4)
    figures.refresh(date(2026, 10, 1))
    assert "4.8 分（5 人）" in client.get("/feedback/figures/2026-10/").text


def test_counting_again_writes_nothing_and_counts_down_too():
    message = answered("2026-10-08 09:00", "2026-10-09 09:00", days=1, topic=Topic.objects.create(name="入会"))
    month = date(2026, 10, 1)
    assert [figures.refresh(month), figures.refresh(month)] == [1, 0]
    message.delete()
    assert figures.refresh(month) == 1
    assert MonthlyFigures.objects.get().answered == 0


def test_the_page_reads_no_messages_and_has_a_chart_in_words(client, django_assert_max_num_queries):
    answered("2026-10-08 09:00", "2026-10-09 09:00", days=1)
    figures.refresh(date(2026, 10, 1))
    with django_assert_max_num_queries(20) as queries:
        page = client.get("/feedback/figures/").text
    assert not [query for query in queries.captured_queries if "feedback_message" in query["sql"]]
    assert "<desc" in page
    assert "2026 年 10 月收到 1 条，答复 1 条" in page
    for address in ("2026-13", "2026-0", "1999-01", "9999-12", "2025-01"):
        assert client.get(f"/feedback/figures/{address}/").status_code == 404, address


def test_months_follow_each_other():
    assert figures.month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert figures.month_before(date(2026, 1, 1)) == date(2025, 12, 1)
    for number in range(1, 13):
        assert figures.month_before(figures.month_after(date(2026, number, 1))) == date(2026, number, 1)
