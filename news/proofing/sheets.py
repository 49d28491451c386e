"""The list of words as a spreadsheet: read, compared with the list, taken over. Words that it does not name stay."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from news.models import ProofWord
from news.models.proofing import ProofWordEdition
from portal import audit
from portal.models import AuditEntry

COLUMNS = {
    "词": "word", "改为": "suggestion", "种类": "kind", "级别": "level", "说明": "note", "不算错的词": "exceptions",
    "启用": "is_active",
}  # fmt: skip
TITLES = {name: title for title, name in COLUMNS.items()}
CHOICES = {
    "kind": {label: value for value, label in ProofWord.Kind.choices},
    "level": {label: value for value, label in ProofWord.Level.choices},
    "is_active": {"是": True, "否": False},
}
LABELS = {name: {value: label for label, value in labels.items()} for name, labels in CHOICES.items()}


class ListChanged(Exception):
    """Somebody changed the list after the comparison was made."""


@dataclass
class Plan:
    """What taking over a sheet does. `changed`: (word, {title: [old, new]}); `errors`: (number of the row, why)."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    same: int = 0
    errors: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.new or self.changed)


def plan_of(rows):
    """Return the Plan for `rows` of texts, the titles first. Raises ValidationError where the titles do not fit."""
    titles = rows[0] if rows else []
    names = _names(titles)
    existing = {row.word: row for row in ProofWord.objects.all()}
    plan, seen = Plan(), {}
    for number, cells in enumerate(rows[1:], 2):
        if not any(cells):
            continue
        try:
            word, given = _word(dict(zip(names, cells, strict=False)), existing)
            if word.word in seen:
                raise ValidationError(f"“{word.word}”和第 {seen[word.word]} 行重复。")
        except ValidationError as error:
            plan.errors.append((number, "".join(error.messages)))
            continue
        seen[word.word] = number
        _compare(plan, word, given, existing.get(word.word))
    return plan


@transaction.atomic
def take_over(rows, *, edition, by, address=""):
    """Write what `rows` say into the list and the audit log; return the Plan.

    Raises ListChanged where the list is no longer of `edition`, ValidationError where a row has a fault.
    """
    current = ProofWordEdition.objects.select_for_update().filter(pk=1).first()
    if (current.number if current else None) != edition:
        raise ListChanged
    plan = plan_of(rows)
    if plan.errors:
        raise ValidationError("表格里有错误，没有导入。")
    now = timezone.now()
    for word, _changes in plan.changed:
        word.updated_at = now
    ProofWord.objects.bulk_create(plan.new)
    ProofWord.objects.bulk_update([word for word, _ in plan.changed], [*COLUMNS.values(), "updated_at"], batch_size=500)
    if plan:
        changes = {f"“{word}”{title}": pair for word, pairs in plan.changed for title, pair in pairs.items()}
        changes |= {"新增": "、".join(map(str, plan.new))} if plan.new else {}
        summary = f"校对词表导入：新增 {len(plan.new)} 个，修改 {len(plan.changed)} 个"
        audit.record(AuditEntry.Action.IMPORT, user=by, address=address, changes=changes, summary=summary)
    return plan


def _names(titles):
    """Return the fields that the titles name."""
    unknown = [title for title in titles if title and title not in COLUMNS]
    if unknown:
        raise ValidationError(f"第 1 行有不认识的列：{'、'.join(unknown)}。可以有的列：{'、'.join(COLUMNS)}。")
    if "词" not in titles:
        raise ValidationError("第 1 行要写列名，其中必须有“词”。可以先导出一份，照它的样子填写。")
    if len(set(filter(None, titles))) != len(list(filter(None, titles))):
        raise ValidationError("第 1 行有重复的列名。")
    return [COLUMNS.get(title) for title in titles]


def _word(cells, existing):
    """Return a ProofWord of what a row says, and the names of the fields that it gives. Raises ValidationError."""
    given = {name: value for name, value in cells.items() if name}
    for name, labels in CHOICES.items():
        if not given.get(name):
            given.pop(name, None)  # left empty: as it is, or as usual
        elif given[name] not in labels:
            raise ValidationError(f"“{TITLES[name]}”只能填：{'、'.join(labels)}。")
        else:
            given[name] = labels[given[name]]
    word = ProofWord(**given)
    word.clean()
    kept = existing.get(word.word)
    for name in COLUMNS.values():
        if kept and name not in given:
            setattr(word, name, getattr(kept, name))
    word.clean()  # with what is kept
    try:
        word.clean_fields()
    except ValidationError as error:
        problems = [f"“{TITLES[name]}”{''.join(texts)}" for name, texts in error.message_dict.items()]
        raise ValidationError(problems) from None
    if word.word == word.suggestion:
        raise ValidationError("“改为”要与词本身不同。")
    return word, given


def _compare(plan, word, given, kept):
    if kept is None:
        plan.new.append(word)
        return
    changes = {}
    for name in given:
        old, new = getattr(kept, name), getattr(word, name)
        if old != new:
            changes[TITLES[name]] = [LABELS.get(name, {}).get(old, old), LABELS.get(name, {}).get(new, new)]
            setattr(kept, name, new)
    if changes:
        plan.changed.append((kept, changes))
    else:
        plan.same += 1
