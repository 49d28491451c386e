"""Articles for the tests and the bench of the search: the same text for the same number, on every machine."""

import random

PLACES = [
    "昆山",
    "苏州",
    "青岛",
    "潍坊",
    "峡山",
    "合肥",
    "芜湖",
    "成都",
    "郫都",
    "西安",
    "阎良",
    "大连",
    "沈阳",
    "鄞州",
    "杭州",
    "萧山",
    "广州",
    "黄埔",
    "贵阳",
    "喀什",
]
KINDS = ["开发区", "经济技术开发区", "高新区", "高新技术产业开发区", "综合保税区", "工业园区", "开發區", "產業園"]
ACTS = [
    "推进",
    "加快",
    "深化",
    "印发",
    "召开",
    "签约",
    "建成",
    "通过",
    "发布",
    "启动",
    "支持",
    "扩大",
    "优化",
    "完善",
    "落实",
]
THINGS = [
    "高质量发展",
    "绿色低碳",
    "营商环境",
    "招商引资",
    "产业链",
    "专精特新",
    "企业服务",
    "数字经济",
    "体制机制改革",
    "亩均效益",
    "生物医药",
    "集成电路",
    "新能源汽车",
    "ＡＩ产业",
    "5G",
    "项目（二期）",
    "GDP增长8.5%",
    "ISO9001",
    "①示范",
    "土地集约利用",
    "外资外贸",
    "科技创新",
    "人才引进",
    "光伏",
]
JOINTS = "，。；、：的和与在对为将了及 "
RARE = "㐂燚龘堃喆赟犇垚淼焱"


def text(randomness, length):
    parts = []
    while sum(map(len, parts)) < length:
        parts.append(randomness.choice((PLACES, KINDS, ACTS, THINGS, ACTS, THINGS)[randomness.randrange(6)]))
        if randomness.random() < 0.5:
            parts.append(randomness.choice(JOINTS))
        if randomness.random() < 0.3:  # words that nobody planned, as in names
            parts.append("".join(chr(0x4E00 + int(randomness.betavariate(1, 6) * 8000)) for _ in range(2)))
        if randomness.random() < 0.002:
            parts.append(randomness.choice(RARE))
    return "".join(parts)[:length]


BASE = 10_000  # articles of their own text; the others are put together from two of them, which is quicker
_base = {}


def article_text(number, *, length=300):
    """Return (title, body) of generated article `number`; the body has `length` characters."""
    if number >= BASE:
        first, second = number * 7_919 % BASE, (number // BASE * 104_729 + number) % BASE
        title, body = article_text(first, length=length)
        half = length // 2
        return title, body[:half] + article_text(second, length=length)[1][half:]
    if (number, length) not in _base:
        randomness = random.Random(number)
        title = randomness.choice(PLACES) + text(randomness, randomness.randrange(8, 25))
        _base[number, length] = title, text(randomness, length)
    return _base[number, length]
