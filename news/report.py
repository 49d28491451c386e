"""The articles' part of the monthly work report."""

from django.db.models import Count, Sum
from django.utils import timezone

from news.models import Article, Submission, ViewDay
from portal.desk import may_see
from portal.publishing import Status
from portal.spreadsheets import Sheet


def sheets(user, begin, end):
    found = []
    if may_see(user, "news.view_article"):
        found += _of_articles(begin, end)
    if may_see(user, "news.view_submission"):
        found.append(_of_submissions(begin, end))
    return found


def _of_articles(begin, end):
    articles = Article.objects.filter(status=Status.PUBLISHED, published_at__gte=begin, published_at__lt=end).order_by()
    views = ViewDay.objects.filter(day__gte=timezone.localdate(begin), day__lt=timezone.localdate(end))
    of_article = dict(views.order_by().values_list("article").annotate(Sum("count")))
    rows = list(articles.values_list(
        "pk", "column__name", "source__name", "created_by__name", "created_by__username", "title", "published_at",
    ).order_by("published_at", "pk"))  # fmt: skip
    tables = [
        _counted("按栏目", "栏目", ((row[1], of_article.get(row[0], 0)) for row in rows)),
        _counted("按录入人", "录入人", ((row[3] or row[4] or "（不明）", of_article.get(row[0], 0)) for row in rows)),
        _counted("按来源", "来源", ((row[2] or "（未填）", of_article.get(row[0], 0)) for row in rows)),
    ]
    listing = [(row[6], row[5], row[1], row[2], row[3] or row[4], of_article.get(row[0], 0)) for row in rows]
    header = ("发布时间", "标题", "栏目", "来源", "录入人", "本月点击量")
    return [_totals(rows, of_article), *tables, Sheet("文章", header, listing, (20, 50, 20, 24, 14, 12))]


def _totals(rows, of_article):
    own = sum(of_article.get(row[0], 0) for row in rows)
    pairs = [("发布文章（篇）", len(rows)), ("本月文章的点击量", own), ("全站文章点击量", sum(of_article.values()))]
    return Sheet("总计", ("项目", "数量"), pairs, (24, 14))


def _counted(title, label, pairs):
    """A sheet of (name, articles, views), the most articles first, from pairs of a name and views."""
    counts = {}
    for name, views in pairs:
        articles, sum_of_views = counts.get(name, (0, 0))
        counts[name] = (articles + 1, sum_of_views + views)
    rows = sorted(((name, *numbers) for name, numbers in counts.items()), key=lambda row: (-row[1], row[0]))
    return Sheet(title, (label, "发布（篇）", "本月点击量"), rows, (30, 12, 12))


def _of_submissions(begin, end):
    received = Submission.objects.counted().filter(created_at__gte=begin, created_at__lt=end).order_by()
    counts = received.values_list("source", "stage").annotate(n=Count("pk"))
    units = {}
    for source, stage, n in counts:
        units.setdefault(source, {})[stage] = n
    rows = sorted(
        ((source, sum(stages.values()), stages.get(Submission.Stage.ADOPTED, 0)) for source, stages in units.items()),
        key=lambda row: (-row[2], -row[1], row[0]),
    )
    return Sheet("投稿", ("单位", "收到（篇）", "采用（篇）"), rows, (40, 12, 12))
