"""The first page of the admin: what waits for whom, in few questions, each figure leading to what it counts."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from feedback.models import CalendarCorrection, Message
from news.models import Article, Submission, ViewDay
from news.models.review import ReviewRun
from news.models.roles import ColumnRole
from news.versions import content_of, record_first
from portal.models import AuditEntry, LinkCheck, User
from tests.factories import (
    client_of,
    make_article,
    make_column,
    make_message,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
INDEX = "/admin/"


def tasks_of(client):
    """Return {text: (count, address)} of the first page."""
    page = client.get(INDEX).text
    found = re.findall(r'<a href="([^"]+)"><strong>([\d,]+)</strong> <span>([^<]+)', page)
    return {text: (int(count), unescape(address)) for address, count, text in found}


def listed(client, address):
    """How many rows the list at `address` shows."""
    answer = client.get(address)
    assert answer.status_code == 200
    return len(answer.context["cl"].result_list)


def run(article, by, **overrides):
    version = record_first(article, content_of(article), by=by)
    Article.objects.filter(pk=article.pk).update(created_by=by)
    values = {"kind": "publish", "required": 3, "level": 1, "started_by": by, "version": version}
    return ReviewRun.objects.create(article=article, **values | overrides)


def test_what_waits_for_me_is_counted_and_listed(settings):
    economy, other = make_column(name="经济"), make_column(name="其他")
    writer = make_staff("news.view_article")
    reviewer = make_staff("news.view_article", "news.change_article")
    ColumnRole.objects.create(user=reviewer, role="first", column=economy)
    ColumnRole.objects.create(user=reviewer, role="editor", column=None)
    ColumnRole.objects.create(user=writer, role="editor", column=None)
    run(make_article(status="draft", column=economy), writer)
    run(make_article(status="draft", column=economy), reviewer)  # his own
    run(make_article(status="draft", column=economy), writer, level=2)
    run(make_article(status="draft", column=other), writer)
    run(make_article(status="draft", column=economy), writer, state="sent_back")
    client = client_of(reviewer)
    count, address = tasks_of(client)["等我审核的稿件"]
    assert (count, listed(client, address)) == (1, 1)
    client = client_of(writer)
    count, address = tasks_of(client)["退回给我的稿件"]
    assert (count, listed(client, address)) == (1, 1)
    assert "等我审核的稿件" not in tasks_of(client)


def test_messages_by_their_deadline_and_stale_columns_lead_to_their_lists():
    chief = client_of(User.objects.create_superuser("chief", password="x"))
    today = timezone.localdate()
    CalendarCorrection.objects.bulk_create(
        CalendarCorrection(day=today + timedelta(days=days), is_working=days > 3) for days in range(1, 7)
    )  # three days off, then three at work: the sixth from now is the third working day
    for days, stage in ((-1, "new"), (-1, "answered"), (0, "accepted"), (5, "assigned"), (6, "new")):
        make_message(due_on=today + timedelta(days=days), stage=stage)
    make_message(due_on=today - timedelta(days=1), is_quarantined=True)
    Submission.objects.create(title="投", body="x", source="区", author="某")
    old = timezone.now() - timedelta(days=15)
    make_article(column=make_column(name="协会动态"), published_at=old)
    make_article(column=make_column(name="通知公告"), published_at=old)
    make_article(column=make_column(name="园区", update_days=10), published_at=old)
    make_article(column=make_column(name="省级动态", update_days=0), published_at=old)
    make_column(name="空的")
    LinkCheck.objects.create(url="/x/", problem="回答 404", checked_at=timezone.now(), place_type="news.column")
    found = tasks_of(chief)
    counts = {text: count for text, (count, _) in found.items()}
    assert counts == {
        "超过期限的留言": 1, "两个工作日内到期的留言": 2, "新收到的留言": 2, "没有看过的投稿": 1, "久未更新的栏目": 2, "空栏目": 1,
        "首页没有更新的天数": 15, "打不开的链接": 1,
    }  # fmt: skip
    for text in counts.keys() - {"首页没有更新的天数"}:
        assert listed(chief, found[text][1]) == counts[text], text


def test_the_first_page_asks_few_questions_however_much_there_is(settings):
    ContentType.objects.clear_cache()
    chief = client_of(User.objects.create_superuser("chief", password="x"))
    people = [make_user() for _ in range(12)]
    columns = [make_column() for _ in range(12)]
    for number in range(24):
        article = make_article(column=columns[number % 12], created_by=people[number % 12])
        ViewDay.objects.create(article=article, day=timezone.localdate(), count=number)
        make_message(due_on=timezone.localdate())
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        page = chief.get(INDEX)
    assert len(asked) <= 18, [query["sql"][:90] for query in asked]
    assert "<script>" not in page.text
    assert "style=" not in page.text


def test_charts_count_this_month_and_lead_to_their_lists():
    chief = client_of(User.objects.create_superuser("chief", password="x"))
    column, writer = make_column(name="要闻"), make_user(name="李编辑")
    article = make_article(column=column, created_by=writer, published_at=timezone.now())
    make_article(column=column, published_at=timezone.now() - timedelta(days=62))
    ViewDay.objects.create(article=article, day=timezone.localdate(), count=1234)
    page = chief.get(INDEX).text
    assert "1,234" in page or "1234" in page
    for label in ("要闻", "李编辑"):
        address = unescape(re.search(rf'<a href="([^"]+)">{label}</a>', page)[1])
        assert listed(chief, address) == 1, label


def test_who_may_see_nothing_sees_no_figures():
    page = client_of(make_staff()).get(INDEX).text
    assert "没有等您处理的事" in page
    assert "点击量" not in page


def test_the_monthly_report_is_a_workbook_of_what_one_may_see():
    article = make_article(published_at=timezone.now(), title="=甲")
    ViewDay.objects.create(article=article, day=timezone.localdate(), count=7)
    Submission.objects.create(title="投", body="x", source="某区", author="某", stage="adopted")
    make_message(reply="好", name="王小明")
    rights = ("news.view_article", "news.view_submission", "feedback.view_message")
    client = client_of(make_staff(*rights, "portal.export_lists"))
    answer = client.get(reverse("admin:portal_report"))
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["总计", "按栏目", "按录入人", "按来源", "文章", "投稿", "留言"]
    assert [row[1] for row in book["总计"].iter_rows(min_row=2, values_only=True)] == [1, 7, 7]
    assert next(book["投稿"].iter_rows(min_row=2, values_only=True)) == ("某区", 1, 1)
    assert next(book["留言"].iter_rows(min_row=2, values_only=True))[1:3] == (1, 1)
    assert book["文章"]["B2"].data_type == "s"
    assert "工作报表" in AuditEntry.objects.get().summary
    assert client_of(make_staff(*rights)).get(reverse("admin:portal_report")).status_code == 403
    assert client.get(reverse("admin:portal_report"), {"month": "2026-13"}).status_code == 302
    answer = client.get(reverse("admin:portal_report"), {"month": "2020-12"})
    assert load_workbook(BytesIO(b"".join(answer.streaming_content)))["总计"]["B2"].value == 0
    assert Message.objects.count() == Article.objects.count() == 1
