"""Findings as the editor's browser reads them."""

from news.proofing.body import BLANK, Body


def for_browser(findings, content):
    """Return `findings` as JSON: places counted in UTF-16 units, those of a body without blanks.

    An editor breaks and indents the HTML as it likes; what is not blank it leaves in its order.
    """
    body = Body(content.get("body") or "")
    return [_as_json(finding, body, content) for finding in findings]


def _as_json(finding, body, content):
    if finding.field == "body":
        start, end = (_units(BLANK.sub("", body.text[:place])) for place in (finding.start, finding.end))
    else:
        text = content.get(finding.field) or ""
        start, end = (_units(text[:place]) for place in (finding.start, finding.end))
    return {
        "field": finding.field,
        "start": start,
        "end": end,
        "text": finding.text,
        "kind": finding.label,
        "level": finding.level,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "picture": finding.picture,
    }


def _units(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
