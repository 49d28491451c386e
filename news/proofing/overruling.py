"""Findings that stop an article, and the decisions by which a reviewer lets one pass."""

from django.core.exceptions import ValidationError

from news.models.proofing import ProofOverrule
from news.proofing.checking import check


def blocking(content, article, *, found=None):
    """Return the findings that stop the submission of `content` and that nobody has overruled for `article`.

    `found` is what `check` says of `content`, where the caller knows it already.
    """
    stopping = [finding for finding in (check(content) if found is None else found) if finding.blocks]
    if not stopping or article is None or article.pk is None:
        return stopping
    passed = overruled(article)
    return [finding for finding in stopping if finding.key not in passed]


def overruled(article):
    """Return the keys of the findings that were overruled for `article`."""
    return set(ProofOverrule.objects.filter(article=article).values_list("finding", flat=True))


def overrule(article, finding, *, by, reason):
    """Let `finding` pass for `article`. The first decision stays; raises ValidationError without a reason."""
    reason = reason.strip()
    if len(reason) < 2:
        raise ValidationError("请写明放行的理由。", code="reason")
    if len(reason) > 300:
        raise ValidationError("理由最多 300 个字。", code="reason")
    values = {"kind": finding.kind, "reason": reason, "by": by}
    return ProofOverrule.objects.get_or_create(article=article, finding=finding.key, defaults=values)[0]
