"""What proofing finds: a place, what is wrong with it, and what to write instead where that is certain."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.crypto import salted_hmac


class Level(StrEnum):
    BLOCK = "block"  # stops submission, unless a reviewer overrules it with a reason
    WARN = "warn"


KINDS = {
    "wrong": "错别字",
    "sensitive": "敏感或不规范用语",
    "personal": "个人信息",
    "date": "日期",
    "weekday": "星期",
    "pairs": "引号和括号",
    "stray": "多余的问号",
    "halfwidth": "半角标点",
    "number": "标题中的数字",
    "disk": "本机或内网地址",
    "link": "链接",
    "remote": "外站图片",
    "picture": "图片说明",
    "source": "来源",
    "reprint": "转载许可",
}


@dataclass(frozen=True)
class Finding:
    """`start` and `end` count characters of the field's text; of a body, of its text without tags (`Body.text`).

    `suggestion` takes the place of `text` where it is certain, None where a person has to decide. `picture` is the
    place of a picture among those of the body, from 0.
    """

    field: str
    start: int
    end: int
    text: str
    kind: str
    level: Level
    message: str
    suggestion: str | None = None
    picture: int | None = None

    @property
    def key(self):
        """Names the finding wherever it moves to in the text. Keyed, because the text may be a telephone number."""
        digest = salted_hmac("news.proofing", f"{self.field}\n{self.text}").hexdigest()
        return f"{self.kind}:{digest[:32]}"

    @property
    def label(self):
        return KINDS[self.kind]

    @property
    def blocks(self):
        return self.level == Level.BLOCK
