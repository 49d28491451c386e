"""What the first page of the admin says about articles, columns and submissions."""

from collections import Counter
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from news import freshness
from news.models import Article, ReviewRun, Submission, ViewDay
from news.rankings import WINDOWS, most_read
from portal.desk import Bars, Days, Task, may_see
from portal.models import User
from portal.publishing import Status

DAYS_SHOWN = 30
ROWS_SHOWN = 10
SUBMISSION_DAYS = 7  # within which somebody should have looked at what was sent in


def tasks(user):
    found = []
    if may_see(user, "news.view_article"):
        found += _of_articles(user)
    if may_see(user, "news.view_submission"):
        found += _of_submissions()
    if may_see(user, "news.view_column"):
        found += _of_columns()
    return found


def charts(user):
    if not may_see(user, "news.view_article"):
        return []
    return [views_by_day(), *this_month(), top_reads()]


def _of_articles(user):
    drafts = Article.objects.kept().filter(created_by=user, status=Status.DRAFT)
    return [
        Task(
            "退回给我的稿件",
            ReviewRun.objects.returned_to(user).count(),
            _list("article", review="returned"),
            late=True,
        ),
        Task("等我审核的稿件", ReviewRun.objects.waiting_for(user).count(), _list("article", review="mine")),
        Task("我的草稿", drafts.count(), _list("article", created_by__id__exact=user.pk, status__exact="draft")),
    ]


def _of_submissions():
    new = (
        Submission.objects.counted()
        .filter(stage=Submission.Stage.NEW)
        .aggregate(count=Count("pk"), oldest=Min("created_at"))
    )
    days = (timezone.now() - new["oldest"]).days if new["oldest"] else 0
    return [
        Task(
            "没有看过的投稿", new["count"], _list("submission", stage__exact="new"),
            late=days >= SUBMISSION_DAYS, note=f"最早一篇已等 {days} 天" if days else "",
        )
    ]  # fmt: skip


def _of_columns():
    columns = freshness.of_columns()
    stale, empty = freshness.needing_care(columns)
    newest = freshness.home_newest(columns)
    home_days = (timezone.now() - newest).days if newest else 0
    return [
        Task("久未更新的栏目", len(stale), _list("column", fresh="stale"), late=True, note=_names(stale)),
        Task("空栏目", len(empty), _list("column", fresh="empty"), note=_names(empty)),
        Task("首页没有更新的天数", home_days if home_days >= freshness.HOME_DAYS else 0, _list("article"), late=True),
    ]


def _names(items):
    names = "、".join(item.column.name for item in items[:3])
    return f"{names} 等" if len(items) > 3 else names


def views_by_day():
    """The sums of past days do not change, so they are kept; today's is asked for every minute."""
    today = timezone.localdate()
    days = [today - timedelta(days=back) for back in range(DAYS_SHOWN - 1, -1, -1)]
    keys = {day: f"desk:views:{day:%Y%m%d}" for day in days}
    kept = cache.get_many(keys.values())
    missing = [day for day in days if keys[day] not in kept]
    if missing:
        sums = dict(ViewDay.objects.filter(day__in=missing).values_list("day").annotate(Sum("count")))
        for day in missing:
            kept[keys[day]] = sums.get(day, 0)
            cache.set(keys[day], kept[keys[day]], 60 if day == today else 40 * 86_400)
    return Days(f"每日点击量（最近 {DAYS_SHOWN} 天）", [(day, kept[keys[day]]) for day in days], reverse("news:hot"))


def this_month():
    """This month's articles are read once, for both charts."""
    now = timezone.localtime()
    begin = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    month = {"published_at__year": now.year, "published_at__month": now.month}
    articles = Article.objects.filter(status=Status.PUBLISHED, published_at__gte=begin, published_at__lte=now)
    columns, people = Counter(), Counter()
    found = articles.order_by("column", "created_by").values_list("column", "column__name", "created_by")
    for column, name, person, n in found.annotate(n=Count("pk")):
        columns[column, name] += n
        people[person] += n
    columns, people = columns.most_common(ROWS_SHOWN), people.most_common(ROWS_SHOWN)
    users = User.objects.only("name", "username").in_bulk([pk for pk, _ in people if pk])
    by_column = [(name, n, _list("article", column=pk, **month)) for (pk, name), n in columns]
    by_person = [
        (users[pk].get_full_name() if pk else "（不明）", n, _list("article", **_by(pk), **month)) for pk, n in people
    ]
    return [Bars("本月发布（按栏目）", by_column), Bars("本月发布（按录入人）", by_person)]


def top_reads():
    ranked = most_read(WINDOWS["month"])[:ROWS_SHOWN]
    rows = [(row.title, views, reverse("admin:news_article_change", args=[row.pk])) for row, views in ranked]
    return Bars("最近 30 天点击量前十", rows)


def _by(pk):
    return {"created_by__isnull": "True"} if pk is None else {"created_by__id__exact": pk}


def _list(model, **query):
    return f"{reverse(f'admin:news_{model}_changelist')}{'?' if query else ''}{urlencode(query)}"
