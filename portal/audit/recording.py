"""Writing entries: one chain, whoever writes."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils import timezone

from portal.audit.chain import GENESIS, entry_hash, is_sealed, seal
from portal.models.audit import AuditEntry, AuditHead

_gathered = ContextVar("gathered", default=None)


@contextmanager
def gathered():
    """Write the entries of the block together, at its end: the end of the chain is locked once, and as late as can be.

    To be used within a transaction. A block that raises writes none; within it, an entry is not taken back by the
    rollback of a savepoint, so `record` stays the last statement of what may be refused.
    """
    if _gathered.get() is not None:
        yield
        return
    entries = []
    token = _gathered.set(entries)
    try:
        yield
    finally:
        _gathered.reset(token)
    if entries:
        with transaction.atomic(savepoint=False):
            _append(entries)


def record(action, *, obj=None, user=None, address="", changes=None, summary="", at=None):
    """Add an entry and return it.

    `action` is of AuditEntry.Action; `obj` any model instance; `user` None where nobody is logged in; `address` the
    visitor's (portal.proxies.address_of). `changes` is {name: [old, new]} or {name: "what"}, without personal data of
    visitors and without secrets; `at` another time than now. Of a model with `personal_fields` the name is not kept, only the number.
    """
    return record_many(action, [obj], user=user, address=address, changes=changes, summary=summary, at=at)[0]


def record_many(action, objects, *, user=None, address="", changes=None, summary="", at=None):
    """Add an entry for each of `objects`, alike but for the object. Returns the entries; `gathered` numbers them."""
    common = {
        "at": at or timezone.now(),
        "action": AuditEntry.Action(action),
        **_person(user),
        "address": _text("address", address),
        "summary": _text("summary", summary),
        "changes": _plain(changes or {}),
    }
    entries = [AuditEntry(**common, **_object(obj)) for obj in objects]
    if (waiting := _gathered.get()) is not None:
        waiting.extend(entries)
        return entries
    with transaction.atomic(savepoint=False):
        return _append(entries)


def _append(entries):
    head = locked_head()
    if head.count and not is_sealed(head):
        broken = AuditEntry(
            at=timezone.now(),
            action=AuditEntry.Action.SEAL_BROKEN,
            summary=f"第 {head.count} 条之后：封印不符，记录的末端被改动过，或者更换密钥时没有保留旧密钥。",
        )
        entries = [broken, *entries]
    for entry in entries:
        head.count += 1
        entry.number, entry.previous_hash = head.count, head.last_hash or GENESIS
        entry.hash = head.last_hash = entry_hash(entry, entry.previous_hash)
    AuditEntry.objects.bulk_create(entries)
    seal(head)
    head.save(update_fields=["count", "last_hash", "seal"])
    return entries


def locked_head():
    """Return the head row, locked until the transaction ends. A head that is missing goes on behind the last entry."""
    rows = AuditHead.objects.select_for_update()
    head = rows.filter(pk=1).first()
    if head is None:
        AuditHead.objects.bulk_create([_found_head()], ignore_conflicts=True)
        head = rows.get(pk=1)
    return head


def _found_head():
    last = AuditEntry.objects.order_by("-number").first()
    head = AuditHead(pk=1)
    if last:
        # Somebody removed the head: its seal is gone, and the next entry says so.
        first = AuditEntry.objects.order_by("number").first()
        head.count, head.last_hash, head.seal = last.number, last.hash, "missing"
        head.anchor, head.anchor_hash = first.number - 1, first.previous_hash
    return head


def _person(user):
    if user is None or not user.is_authenticated:
        return {"user_id": None, "user_name": ""}
    return {"user_id": user.pk, "user_name": _text("user_name", f"{user.get_full_name()}（{user.get_username()}）")}


def _object(obj):
    if obj is None:
        return {}
    is_personal = hasattr(obj, "personal_fields")
    name = f"{obj._meta.verbose_name} {obj.pk}" if is_personal else str(obj)
    return {
        "object_type": obj._meta.label_lower,
        "object_id": _text("object_id", obj.pk if obj.pk is not None else ""),
        "object_name": _text("object_name", name),
    }


def _text(field, value):
    return _clean(value)[: AuditEntry._meta.get_field(field).max_length]


def _clean(value):
    """Return `value` as text that both databases store and give back as it is."""
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode()


def _plain(value):
    """Return `value` in what JSON holds exactly: texts, whole numbers, truth values, None, lists and objects of these."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 2**53:
        return value
    if isinstance(value, dict):
        return {_clean(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return _clean(value)
