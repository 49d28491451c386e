"""All checks over an article, and the mending of what is certain."""

from news.proofing import dates, labels, links, numbers, pairs, personal, punctuation, words
from news.proofing.findings import Finding
from news.proofing.texts import FIELDS, Texts

CHECKS = (words, personal, dates, pairs, punctuation, numbers, links, labels)
PASSES = 5  # a mend can bring two marks together that then need mending themselves
_ORDER = {name: place for place, name in enumerate((*FIELDS, "source", "source_url", "body"))}


def check(content: dict) -> list[Finding]:
    """Return what is to be looked at in an article, in the order of its fields and its text.

    `content` holds the article's fields by name, as a version keeps them (title, body, source_id, kind …); any of
    them may be missing. The body may come straight from an editor: it is judged as it will be saved, and what the
    saving would drop is told.
    """
    texts = Texts.of(content)
    found = [finding for each in CHECKS for finding in each.find(texts)]
    return sorted(found, key=lambda finding: (_ORDER[finding.field], finding.start, finding.end, finding.kind))


def mend(content: dict) -> dict:
    """Return `content` with everything mended that is certain."""
    for _ in range(PASSES):
        texts = Texts.of(content)
        certain = [
            finding for each in CHECKS for finding in each.find(texts)
            if finding.suggestion is not None
        ]  # fmt: skip
        if not certain:
            break
        content = content | _mended(texts, certain)
    return content


def _mended(texts, findings):
    changed = {}
    for name in {finding.field for finding in findings}:
        own = _without_overlaps([finding for finding in findings if finding.field == name])
        if name == "body":
            changed[name] = _mended_body(texts.body, own)
        else:
            text = texts.content[name]
            for finding in reversed(own):
                text = text[: finding.start] + finding.suggestion + text[finding.end :]
            changed[name] = text
    return changed


def _without_overlaps(findings):
    kept, end = [], -1
    for finding in sorted(findings, key=lambda finding: (finding.start, -finding.end)):
        if finding.start >= end:
            kept.append(finding)
            end = finding.end
    return kept


def _mended_body(body, findings):
    text = body.html
    for finding in reversed(findings):
        pieces = list(body.pieces(finding.start, finding.end))
        for number, (start, end) in reversed(list(enumerate(pieces))):
            text = text[:start] + ("" if number else _escaped(finding.suggestion)) + text[end:]
    return text


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
