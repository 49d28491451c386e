"""Atom (RFC 4287) with full text, whatever the texts hold."""

import re
from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed

# What XML 1.0 cannot say, escaped or not.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NEVER = datetime(
    2000, 1, 1, tzinfo=UTC
)  # when a feed without entries was updated: not "now", which changes with each reading


def xml_text(text):
    return NOT_XML.sub("", str(text))


class FullTextAtom(Atom1Feed):
    """The entries' `content` is HTML; their `description`, if any, a summary in plain words."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else NEVER

    def add_item(self, title, link, description, content="", categories=(), author_name=None, **kwargs):
        super().add_item(
            xml_text(title), link, xml_text(description), content=xml_text(content),
            categories=[xml_text(name) for name in categories], author_name=xml_text(author_name or "") or None, **kwargs,
        )  # fmt: skip

    def add_item_elements(self, handler, item):
        summary, item["description"] = item["description"], None
        super().add_item_elements(handler, item)
        if summary:
            handler.addQuickElement("summary", summary)
        handler.addQuickElement("content", item["content"], {"type": "html"})
