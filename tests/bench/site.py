"""A site of N articles for measuring: deterministic, made by bulk statements, read as sites are (Zipf)."""

import random
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from news.models import Article, ArticleTag, Column, Tag, ViewDay
from tests.factories import make_column, make_link
from tests.whole_site import make_site

WORDS = [
    "开发区",
    "经济技术开发区",
    "高新技术",
    "产业链",
    "营商环境",
    "绿色低碳",
    "高质量发展",
    "招商引资",
    "数字化",
    "智能制造",
    "生物医药",
    "新材料",
    "园区",
    "项目",
    "企业",
    "服务",
    "创新",
    "改革",
    "试点",
    "协同",
    "开放",
    "合作",
    "物流",
    "港口",
    "人才",
    "培训",
    "标准",
    "评价",
    "考核",
    "土地",
    "集约",
    "亩均",
    "投资",
    "外贸",
    "跨境",
    "光伏",
    "储能",
    "安全",
    "应急",
    "监测",
]
AREAS, BELOW = 4, 3  # columns of the navigation beside those of `make_site`, and how many are under each
LINKS = 60
TAGS_EACH = 2
MOST_READ = 100_000  # views of the article that is read most; the n-th is read about an n-th as often
READ_LATELY = 500  # articles with views in the days before today


def fill(articles, *, characters=1_500, seed=1):
    """Make the whole site of the tests and `articles` more articles of about `characters` each in its columns."""
    choice = random.Random(seed)
    with transaction.atomic():
        addresses = make_site()
        for area in range(AREAS):
            above = make_column(name=f"工作领域{area + 1}")
            for number in range(BELOW):
                make_column(name=f"专题{area + 1}之{number + 1}", parent=above)
        for _ in range(LINKS):
            make_link()
        fill_articles(articles, choice, characters)
        fill_tags(choice)
        fill_days()
    return addresses


def fill_articles(count, choice, characters):
    columns = list(Column.objects.filter(kind="list").exclude(slug="empty"))
    now, batch = timezone.now(), []
    for number, place in enumerate(choice.sample(range(1, count + 1), count)):
        words = choice.choices(WORDS, k=characters // 4)
        body = "".join(f"<p>{''.join(words[start : start + 60])}。</p>" for start in range(0, len(words), 60))
        batch.append(
            Article(
                title=f"{''.join(choice.choices(WORDS, k=5))}（{number}）", column=choice.choice(columns), body=body,
                excerpt="".join(words[:20]), status="published", published_at=now - timedelta(minutes=7 * number + 60),
                view_count=MOST_READ // place,
            )
        )  # fmt: skip
        if len(batch) == 2_000:
            Article.objects.bulk_create(batch)
            batch = []
    Article.objects.bulk_create(batch)


def fill_tags(choice):
    tags = [Tag.objects.get_or_create(name=name)[0].pk for name in WORDS]
    ArticleTag.objects.bulk_create(
        (
            ArticleTag(article_id=pk, tag_id=tag)
            for pk in Article.objects.filter(tags=None).values_list("pk", flat=True)
            for tag in choice.sample(tags, TAGS_EACH)
        ),
        batch_size=2_000,
    )


def fill_days():
    today = timezone.localdate()
    most_read = Article.objects.order_by("-view_count").values_list("pk", "view_count")[:READ_LATELY]
    ViewDay.objects.bulk_create(
        (
            ViewDay(article_id=pk, day=today - timedelta(days=day), count=count // 100 + 1)
            for pk, count in most_read
            for day in range(1, 8)
        ),
        ignore_conflicts=True,  # `make_site` has made some
    )
