"""The audit log as rows of a table, for the archive."""

import json

from portal.spreadsheets import Sheet

HEADER = (
    "序号",
    "时间",
    "操作",
    "人员",
    "地址",
    "对象种类",
    "对象编号",
    "对象",
    "说明",
    "改动",
    "前一条的摘要",
    "摘要",
)
WIDTHS = (8, 20, 12, 18, 16, 18, 10, 40, 30, 60, 20, 20)


def sheet(entries):
    return Sheet("操作记录", HEADER, rows(entries), WIDTHS)


def rows(entries):
    for entry in entries.order_by("number").iterator(chunk_size=2000):
        yield (
            entry.number, entry.at, entry.get_action_display(), entry.user_name, entry.address, entry.object_type,
            entry.object_id, entry.object_name, entry.summary, in_words(entry.changes), entry.previous_hash, entry.hash,
        )  # fmt: skip


def in_words(changes):
    """Return what changed as lines that people read."""
    return "\n".join(f"{name}：{_one(change)}" for name, change in changes.items())


def _one(change):
    if isinstance(change, list) and len(change) == 2:
        old, new = (value if value not in ("", None) else "（空）" for value in change)
        return f"{old} → {new}"
    if isinstance(change, dict):
        return "；".join(f"{verb} {'、'.join(map(str, items))}" for verb, items in change.items() if items)
    return change if isinstance(change, str) else json.dumps(change, ensure_ascii=False)
