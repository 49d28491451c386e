"""A site of N articles for measuring: deterministic, made by bulk statements."""

import random
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from news.models import Article, Column
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


def fill(articles, *, characters=1_500, seed=1):
    """Make the whole site of the tests and `articles` more articles of about `characters` each in its columns."""
    choice = random.Random(seed)
    with transaction.atomic():
        addresses = make_site()
        columns = list(Column.objects.filter(kind="list").exclude(slug="empty"))
        now = timezone.now()
        batch = []
        for number in range(articles):
            words = choice.choices(WORDS, k=characters // 4)
            body = "".join(f"<p>{''.join(words[start : start + 60])}。</p>" for start in range(0, len(words), 60))
            batch.append(
                Article(
                    title=f"{''.join(choice.choices(WORDS, k=5))}（{number}）", column=choice.choice(columns), body=body,
                    excerpt="".join(words[:20]), status="published", published_at=now - timedelta(minutes=7 * number + 60),
                )
            )  # fmt: skip
            if len(batch) == 2_000:
                Article.objects.bulk_create(batch)
                batch = []
        Article.objects.bulk_create(batch)
    return addresses
