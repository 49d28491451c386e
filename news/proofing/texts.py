"""The fields of an article as the checks read them."""

from dataclasses import dataclass

from news.proofing.body import Body

FIELDS = ("title", "subtitle", "summary", "author", "original_title")


@dataclass(frozen=True)
class Texts:
    content: dict
    body: Body

    @classmethod
    def of(cls, content):
        return cls(content, Body(content.get("body") or ""))

    def items(self):
        """Yield (name of the field, its text), the body last."""
        for name in FIELDS:
            value = self.content.get(name)
            if isinstance(value, str) and value:
                yield name, value
        yield "body", self.body.text
