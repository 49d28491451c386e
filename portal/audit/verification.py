"""Does the chain hold? Finds the first entry that somebody changed, removed, added or reordered by hand."""

from dataclasses import dataclass

from django.db.models import Subquery

from portal.audit.chain import GENESIS, entry_hash, is_sealed
from portal.models.audit import AuditEntry, AuditHead


@dataclass(frozen=True)
class Problem:
    number: int  # of the first entry that is not as it was written
    text: str


def first_problem(*, since=0):
    """Return the first Problem among the entries after number `since`, None where the chain holds.

    Entries that are written meanwhile are left to the next time.
    """
    head = AuditHead.objects.filter(pk=1).first()
    if head is None:
        return Problem(1, "记录的末端不见了。") if AuditEntry.objects.exists() else None
    number, last_hash = head.anchor, head.anchor_hash or GENESIS
    for entry in AuditEntry.objects.filter(number__lte=head.count).order_by("number").iterator(chunk_size=2000):
        number += 1
        if entry.number >= since and (problem := _problem_of(entry, number, last_hash)):
            return problem
        number, last_hash = entry.number, entry.hash
    return _problem_at_end(head, number, last_hash)


def _problem_of(entry, expected, last_hash):
    if entry.number < expected:
        return Problem(entry.number, "这一条是手工加入的：它应当已被清理。")
    if entry.number > expected:
        return Problem(expected, "这一条被删除了。")
    if entry_hash(entry, entry.previous_hash) != entry.hash:
        return Problem(expected, "这一条被改动或调换过。")
    if entry.previous_hash != last_hash:
        return Problem(expected, "这一条是手工加入的，或者顺序被调换过。")
    if entry.action == AuditEntry.Action.SEAL_BROKEN:
        return Problem(expected, entry.summary)
    return None


def _problem_at_end(head, number, last_hash):
    if number < head.count:
        return Problem(number + 1, "从这一条起，末尾的记录被删除了。")
    beyond = AuditEntry.objects.filter(number__gt=Subquery(AuditHead.objects.filter(pk=1).values("count")))
    if added := beyond.order_by("number").first():
        return Problem(added.number, "这一条是手工加入的。")
    if head.count and last_hash != head.last_hash:
        return Problem(head.count, "最后一条与记录的末端不符。")
    if head.count and not is_sealed(head):
        return Problem(head.count, "末端的封印不符：末尾的记录被改动过，或者更换密钥时没有保留旧密钥。")
    return None
