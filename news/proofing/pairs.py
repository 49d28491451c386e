"""Quotation marks and brackets that stand alone, cross each other, or differ in width."""

import re

from news.proofing.findings import Finding, Level

CLOSER = dict(zip("“‘《〈（【「『([", "”’》〉）】」』)]", strict=True))
OPENER = {closer: opener for opener, closer in CLOSER.items()}
WIDTH = {"(": "（", ")": "）", "[": "［", "]": "］", "（": "(", "）": ")"}
_MARK = re.compile("[" + re.escape("".join(CLOSER) + "".join(OPENER)) + "]")
# 1） a) （一) open a point of a list: the bracket has no other half.
_POINT = re.compile(r"(?:^|[\s。；;，,：:、])(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3}|[①-⑳])$")
_LATIN = re.compile(r"[A-Za-z0-9]")


def find(texts):
    for name, text in texts.items():
        yield from _in_text(name, text)


def _in_text(name, text):
    start, carried = 0, []
    for line in text.split("\n"):
        carried = yield from _in_line(name, text, start, start + len(line), carried)
        start += len(line) + 1
    for at in carried:
        yield _alone(name, text, at)


def _in_line(name, text, start, end, carried):
    """Judge one paragraph. Quotation marks may stay open to the next one, which then begins with them again."""
    stack = list(carried)
    for match in _MARK.finditer(text, start, end):
        mark, at = match[0], match.start()
        if mark in CLOSER:
            if stack and text[stack[-1]] == mark == "“" and not text[start:at].strip():
                stack.pop()  # the quotation goes on
            stack.append(at)
        elif not _needs_no_opener(text, at, start):
            yield from _close(name, text, at, stack)
    lasting = [at for at in stack if text[at] in "“‘"]
    if len(lasting) > 1 or (
        lasting and not text[end + 1 :].lstrip().startswith("“") and "”" not in text[end + 1 : end + 400]
    ):
        lasting = []
    for at in stack:
        if at not in lasting:
            yield _alone(name, text, at)
    return lasting


def _close(name, text, at, stack):
    mark = text[at]
    if stack and text[stack[-1]] == OPENER[mark]:
        stack.pop()
    elif stack and WIDTH.get(text[stack[-1]]) == OPENER[mark]:
        opener = stack.pop()
        yield _other_width(name, text, opener, at)
    elif any(text[open_at] == OPENER[mark] for open_at in stack):
        crossed = []
        while text[stack[-1]] != OPENER[mark]:
            crossed.append(stack.pop())
        stack.pop()
        for open_at in crossed:
            yield _alone(name, text, open_at)
    else:
        yield _alone(name, text, at)


def _needs_no_opener(text, at, start):
    mark = text[at]
    if mark == "’":  # an apostrophe: it’s, Xi’an
        return at > 0 and bool(_LATIN.match(text[at - 1]))
    return mark in "）)" and bool(_POINT.search(text[max(start, at - 5) : at]))


def _alone(name, text, at):
    mark = text[at]
    if mark in CLOSER:
        message = f"“{mark}”没有对应的“{CLOSER[mark]}”，或者与别的括号、引号交叉。"
    else:
        message = f"“{mark}”前面没有对应的“{OPENER[mark]}”，或者与别的括号、引号交叉。"
    return Finding(name, at, at + 1, mark, "pairs", Level.WARN, message)


def _other_width(name, text, opener, closer):
    """A bracket whose halves differ in width: both become full."""
    at = opener if text[opener] in "([" else closer
    right = WIDTH[text[at]]
    message = f"括号一半是全角，一半是半角：“{text[at]}”应为“{right}”。"
    return Finding(name, at, at + 1, text[at], "pairs", Level.WARN, message, right)
