"""Personal data left in the text: mobile numbers, identity numbers by their check digit, bank cards by Luhn's."""

import re

from news.proofing.findings import Finding, Level
from portal import personal_data

NAMES = {"mobile": "手机号码", "id_number": "身份证号码", "bank_card": "银行卡号"}

# All of them have eleven digits or more, near each other: other paragraphs are not searched, which is most of the work.
_DIGIT = "[0-9\\uff10-\\uff19\\u2460-\\u249b\\u24ea\\u3007\\u25cb零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
_MANY = re.compile(rf"{_DIGIT}(?:\D{{0,4}}?{_DIGIT}){{9}}")


def find(texts):
    for name, text in texts.items():
        start = 0
        for line in text.split("\n"):
            if _MANY.search(line):
                yield from _in_line(name, line, start)
            start += len(line) + 1


def _in_line(name, line, start):
    for found in personal_data.find(line, kinds=list(NAMES)):
        message = f"疑似{NAMES[found.kind]}。公开前请删去，或用 * 遮住中间几位。"
        data = line[found.start : found.end]
        yield Finding(name, start + found.start, start + found.end, data, "personal", Level.BLOCK, message)
