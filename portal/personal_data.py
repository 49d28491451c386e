"""Finds what tells who a person is, in text that people wrote: the proposal for what is masked before publication.

It leans towards finding: a mask too many is taken away with a click, a number too few is out. Numbers that prove
themselves (check digit of GB 11643, Luhn) are found anywhere, what could be anything only beside its name.
"""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from portal.postal_addresses import ADDRESS, trimmed

MASK = "***"  # of one length, so that it says nothing about what it hides


class Found(NamedTuple):
    kind: str
    start: int
    end: int


GAP = r"[ \-\u2010-\u2015._\u00b7/]"  # what people put between digits
LABEL_GAP = r"[\s\uff1a:\uff0c,\uff08(\u3010\[=\u662f\u4e3a\u3001\u201c\"-]*"  # between a name and its value
# One place an entry of the groups in which people write eleven digits.
GROUPS = [(11,), (3, 4, 4), (4, 3, 4), (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (5, 6), (6, 5), (1,) * 11, (3, 2, 2, 2, 2)]


def mobile_pattern():
    shapes = (f"{GAP}{{1,3}}".join(rf"\d{{{size}}}" for size in sizes) for sizes in GROUPS)
    return rf"(?=1{GAP}{{0,3}}[3-9])(?:{'|'.join(shapes)})"


COUNTRY = rf"(?:\(?(?:\+|00)?86\)?{GAP}{{0,2}})?"
NOT_A_SUM = r"(?!\d|\.\d|\s?(?:\u5143(?!\u65e6)|\u4e07|\u4ebf|\u5428|%|\u5e73\u65b9|\u7acb\u65b9|\u5343\u74e6))"
AREA = r"0(?:10|2\d|[3-9]\d{2})"
AFTER = rf"(?:{GAP}?(?:\u8f6c|ext\.?|\u5206\u673a|-){GAP}?\d{{1,6}})?"
PHONE_NAME = (
    r"(?:\u624b\u673a|\u7535\u8bdd|\u5ea7\u673a|\u4f20\u771f|\u8054\u7cfb\u65b9\u5f0f|\u81f4\u7535|tel|phone|mobile)"
    r"(?:\u53f7\u7801?|no\.?)?"
)
CARD_NAME = r"(?:\u94f6\u884c\u5361|\u5361|\u8d26|\u5e10|\u8d26\u6237|\u94f6\u884c\u8d26\u6237)(?:\u53f7\u7801?|\u6237)"
ID_NAME = (
    r"(?:\u8eab\u4efd\u8bc1(?:\u53f7\u7801?|\u4ef6)?(?:\u53f7\u7801?)?|\u516c\u6c11\u8eab\u4efd\u53f7\u7801"
    r"|\u8bc1\u4ef6\u53f7\u7801?)"
)
PASSPORT_NAME = r"(?:\u62a4\u7167|\u901a\u884c\u8bc1|\u519b\u5b98\u8bc1|\u5c45\u4f4f\u8bc1)(?:\u53f7\u7801?)?"
PROVINCES = "\u4eac\u6d25\u6caa\u6e1d\u5180\u8c6b\u4e91\u8fbd\u9ed1\u6e58\u7696\u9c81\u65b0\u82cf\u6d59\u8d63\u9102\u6842\u7518\u664b\u8499\u9655\u5409\u95fd\u8d35\u7ca4\u9752\u85cf\u5ddd\u5b81\u743c"
WECHAT_NAME = (
    r"(?:\u5fae\s?\u4fe1(?!\u516c\u4f17|\u5c0f\u7a0b\u5e8f|\u7fa4)|wechat|weixin|\u8587\u4fe1|\u5a01\u4fe1|\u5fbd\u4fe1|v\u4fe1|\bvx\b|\bwx\b|v\u53f7"
    r"|(?<![a-z0-9.])v(?=\s?[:\uff1a])|\u52a0\u5fae|\u52a0v)(?:\u53f7\u7801?|\s?id(?:\sis)?)?"
)
QQ_NAME = r"(?:q\s?q(?!\s?\u7fa4)|\u6263\u6263(?!\u7fa4)|\u4f01\u9e45\u53f7|\u7403\u7403|\bq\u53f7)(?:\u53f7\u7801?)?"
AT = r"\s?(?:@|[(\[\u3010]\s?at\s?[)\]\u3011]|\u827e\u7279)\s?"
DOT = r"\s?(?:\.|[(\[\u3010]\s?dot\s?[)\]\u3011]|(?<=[a-z0-9])\u70b9(?=[a-z]))\s?"

# Kind, pattern (group "it", where there is one, is the value), and the rule that a value must keep besides.
RULES = [
    ("id_number", rf"(?<!\d)\d{{6}}{GAP}?\d{{4}}{GAP}?\d{{4}}{GAP}?\d{{3}}{GAP}?[\dx](?![\da-z])", "is_id_number"),
    ("id_number", rf"{ID_NAME}{LABEL_GAP}(?P<it>[1-9](?:{GAP}?\d){{13,16}}{GAP}?[\dx])(?![\da-z])", ""),
    ("id_number", r"(?<![\da-z])[1-8]\d{14}(?!\d)", "is_old_id_number"),
    ("id_number", rf"{PASSPORT_NAME}{LABEL_GAP}(?P<it>[a-z\u519b]{{0,2}}\u5b57?\u7b2c?\d{{6,10}})", ""),
    ("bank_card", rf"(?<![\d.])[2-69](?:{GAP}?\d){{14,18}}(?!\d|\.\d)", "is_bank_card"),
    ("bank_card", rf"{CARD_NAME}{LABEL_GAP}(?P<it>\d(?:{GAP}?\d){{11,22}})(?!\d)", ""),
    ("email", rf"(?<![a-z0-9._%+-])[a-z0-9._%+-]{{1,64}}{AT}[a-z0-9\u4e00-\u9fff-]+(?:{DOT}(?:[a-z0-9-]+|\u4e2d\u56fd|\u516c\u53f8|\u7f51\u7edc))+", ""),
    ("mobile", rf"(?<![\d.]){COUNTRY}{mobile_pattern()}{NOT_A_SUM}", ""),
    ("mobile", rf"(?<!\d)(?:\+|00)(?!86)[1-9]\d{{0,2}}{GAP}{{0,2}}\d(?:{GAP}?\d){{6,11}}(?!\d)", ""),
    ("landline", rf"(?<![\d.])\(?(?:{AREA})\)?{GAP}{{0,3}}[2-8]\d{{2,3}}{GAP}?\d{{4}}(?!\d){AFTER}", ""),
    ("landline", rf"(?<!\d)\(?(?:\+|00)?86\)?{GAP}{{1,2}}\(?0?\d{{2,3}}\)?{GAP}{{0,2}}\d{{3,4}}{GAP}?\d{{4}}(?!\d){AFTER}", ""),
    ("landline", rf"{PHONE_NAME}{LABEL_GAP}(?P<it>[2-8]\d{{2,3}}{GAP}?\d{{4}}(?!\d){AFTER})", ""),
    ("mobile", rf"{PHONE_NAME}{LABEL_GAP}(?P<it>(?:\+?86{GAP}?)?1(?:{GAP}{{0,3}}\d){{9,11}})(?!\d)", ""),
    ("wechat", rf"{WECHAT_NAME}{LABEL_GAP}(?P<it>[a-z][a-z0-9_-]{{5,19}}|\d{{5,11}})(?![\da-z])", ""),
    ("wechat", rf"{WECHAT_NAME}[^a-z0-9\uff0c\u3002\uff1b\uff01\uff1f\n]{{1,8}}(?P<it>(?=[a-z_-]*\d)[a-z][a-z0-9_-]{{5,19}})", ""),
    ("wechat", r"(?<![a-z0-9])wxid_[a-z0-9]{6,}", ""),
    ("qq", rf"{QQ_NAME}{LABEL_GAP}(?:\u52a0\u6211|\u8054\u7cfb)?{LABEL_GAP}(?P<it>[1-9]\d{{4,10}})(?!\d)", ""),
    ("plate", rf"[{PROVINCES}][a-hj-np-z][ \u00b7.\u2022-]?(?=[a-z]{{0,5}}\d)[a-hj-np-z0-9]{{4,5}}[a-hj-np-z0-9\u6302\u5b66\u8b66\u6e2f\u6fb3](?![a-z0-9])", ""),
    ("street_address", ADDRESS, ""),
]  # fmt: skip
RULES = [(kind, re.compile(pattern, re.IGNORECASE), check) for kind, pattern, check in RULES]
KINDS = tuple(dict.fromkeys(kind for kind, _, _ in RULES))

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe0f\ufeff]")
HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "00012345678911" + "23456789")
SPOKEN = re.compile(r"(?<![0-9])1[3-9](?:[ \-]?[0-9]){9}(?![0-9])")
IS_HAN_DIGIT = re.compile(r"[〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]")


def find(text, kinds=None):
    """Return the places in `text` (str) that hold personal data of `kinds` (all where None), in their order.

    They do not overlap. Full-width and circled digits, Han digits of a spoken number and invisible characters are
    seen through; the places are those of `text` as it is.
    """
    plain, places = folded(text)
    found = []
    for kind, pattern, check in RULES:
        for match in pattern.finditer(plain):
            start, end = match.span("it") if "it" in pattern.groupindex else match.span()
            if kind == "street_address":
                start = trimmed(plain, start, end)
            if not check or CHECKS[check](plain[start:end]):
                found.append(Found(kind, places[start], places[end - 1] + 1))
    found += [Found("mobile", places[start], places[end - 1] + 1) for start, end in spoken(plain)]
    apart = without_overlaps(found)
    return [item for item in apart if kinds is None or item.kind in kinds]


def masked(text, found):
    """Return `text` with each of the places (anything with `start` and `end`) replaced by stars."""
    parts, here = [], 0
    for item in sorted(found, key=lambda item: (item.start, item.end)):
        if item.start >= here and item.end > item.start:
            parts += [text[here : item.start], MASK]
        here = max(here, item.end)
    return "".join([*parts, text[here:]])


def masked_name(name):
    """Return the family name (compound ones included) and two stars: 王**、欧阳**."""
    name = name.strip()
    return f"{name[:2] if name[:2] in COMPOUND_NAMES and len(name) > 2 else name[:1]}**"


def folded(text):
    """Return `text` as it reads (NFKC a character, without invisible ones) and each character's place in it."""
    characters, places = [], []
    for place, character in enumerate(text):
        if INVISIBLE.match(character):
            continue
        plain = unicodedata.normalize("NFKC", character)
        characters.append(plain if len(plain) == 1 else character)
        places.append(place)
    return "".join(characters), places


def spoken(plain):
    """Yield the places of mobile numbers with Han digits (一三八…)."""
    for match in SPOKEN.finditer(plain.translate(HAN_DIGITS)):
        if IS_HAN_DIGIT.search(plain, *match.span()):
            yield match.span()


def without_overlaps(found):
    """Keep what a rule named earlier found; of the others what is left beside it."""
    kept = []
    for kind, start, end in found:
        for other in kept:
            if other.start < end and start < other.end:
                if start < other.start:
                    end = other.start
                else:
                    start = max(start, other.end)
        if start < end:
            kept.append(Found(kind, start, end))
    return sorted(kept, key=lambda item: item.start)


def digits(text):
    return "".join(character for character in text.upper() if character.isascii() and character.isalnum())


def is_id_number(text):
    """GB 11643: a place, a day of birth and a check digit (ISO 7064, MOD 11-2)."""
    number = digits(text)
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
    return is_born(number[6:14]) and number[17] == "10X98765432"[total % 11]


def is_old_id_number(text):
    return 11 <= int(text[:2]) <= 82 and is_born("19" + text[6:12])


def is_born(day):
    try:
        return 1900 <= date(int(day[:4]), int(day[4:6]), int(day[6:])).year <= 2099
    except ValueError:
        return False


def is_bank_card(text):
    """Luhn (ISO/IEC 7812-1)."""
    number = [int(digit) for digit in digits(text)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in number[-2::-2])
    return len(set(number)) > 1 and (sum(number[-1::-2]) + sum(doubled)) % 10 == 0


CHECKS = {"is_id_number": is_id_number, "is_old_id_number": is_old_id_number, "is_bank_card": is_bank_card}
COMPOUND_NAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "慕容",
        "司徒",
        "司空",
        "夏侯",
        "端木",
        "长孙",
        "宇文",
        "轩辕",
        "独孤",
        "南宫",
        "百里",
        "东郭",
        "西门",
        "闻人",
        "公冶",
        "太叔",
        "申屠",
        "钟离",
        "澹台",
        "赫连",
        "呼延",
        "万俟",
        "濮阳",
        "淳于",
        "单于",
        "仲孙",
        "第五",
        "鲜于",
        "闾丘",
        "拓跋",
        "完颜",
        "东野",
        "公羊",
        "梁丘",
        "左丘",
    ]
)
