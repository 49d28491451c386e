"""Adds up what speaks against a form. What it does (speed, numbers) a challenge clears; what it says stays."""

from dataclasses import dataclass, field

from portal.spam import stamp, text, words

ASK_FROM = 3
QUARANTINE_FROM = 5
WORDS_MAX = 10  # points that words can give


@dataclass(frozen=True)
class Sent:
    """One form: its texts, what its guards brought back, and how much the like of it came before."""

    texts: tuple
    stamp: str = ""
    trap: str = ""
    from_address: int = 0  # within the hour
    from_network: int = 0
    same_text: int = 0  # the same words from other people, within a day


@dataclass
class Verdict:
    behaviour: int = 0
    content: int = 0
    reasons: list = field(default_factory=list)

    @property
    def score(self):
        return self.behaviour + self.content

    @property
    def asks(self):
        return self.score >= ASK_FROM

    @property
    def quarantines(self):
        return self.content >= QUARANTINE_FROM


def judge(sent):
    verdict = Verdict()
    for reason, points in behaviour_of(sent):
        verdict.behaviour += points
        verdict.reasons.append(f"{reason}（{points}）")
    for reason, points in content_of(sent):
        verdict.content += points
        verdict.reasons.append(f"{reason}（{points}）")
    return verdict


def behaviour_of(sent):
    age = stamp.age_of(sent.stamp)
    if age is None:
        yield "不是从本站的表单提交", 3
    elif age < stamp.YOUNG:
        yield "打开页面不到 3 秒就提交", 2
    elif age > stamp.OLD:
        yield "表单是很久以前打开的", 1
    if sent.from_address >= 5:
        yield f"同一地址一小时内第 {sent.from_address + 1} 条", 3 if sent.from_address < 20 else 5
    if sent.from_network >= 30:
        yield f"同一网络一小时内第 {sent.from_network + 1} 条", 3


def content_of(sent):
    if sent.trap:
        yield "填写了看不见的栏目", 6
    if sent.same_text:
        same = sent.same_text
        yield f"一天内有 {same} 条同样的内容", 2 if same < 3 else 4 if same < 10 else 6
    whole = "\n".join(sent.texts)
    found = words.found(whole)
    if found:
        named = "、".join(word for word, _ in found[:5])
        yield f"用词：{named}", min(WORDS_MAX, sum(weight for _, weight in found))
    yield from text.judged(whole)
