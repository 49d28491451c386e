"""The same texts for every system: what is compared is how they give them out."""

import random
from datetime import datetime, timedelta, timezone

COLUMNS = [f"栏目{number}" for number in range(20)]
LINKS = [(f"友情链接{number}", f"https://example.org/{number}/") for number in range(60)]
WORDS = [
    "开发区",
    "高新技术",
    "产业链",
    "营商环境",
    "绿色低碳",
    "招商引资",
    "智能制造",
    "改革",
    "创新",
    "服务",
    "人才",
    "土地",
]
START = datetime(2026, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 some systems run on older Pythons


def article(number, characters=1_500):
    """Return (title, body as HTML, date) of article `number`."""
    choice = random.Random(number)
    words = choice.choices(WORDS, k=characters // 4)
    body = "".join(f"<p>{''.join(words[start : start + 60])}。</p>" for start in range(0, len(words), 60))
    return f"{''.join(choice.choices(WORDS, k=5))}（{number}）", body, START + timedelta(minutes=7 * number)
