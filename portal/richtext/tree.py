"""Clean HTML as a tree, without a parser's opinions: what `clean` writes is well formed."""

import re
from dataclasses import dataclass, field

VOID = frozenset(["br", "hr", "img", "col"])
_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)(?: [a-z-]+=\"[^\"]*\")* ?/?>|[^<]+|<")
_BLANK = re.compile(r"(?:[\s\u00a0\u3000\u200b\ufeff]|&nbsp;)*")


@dataclass(frozen=True)
class Node:
    tag: str  # as it is written, with its attributes; empty for the root
    children: list = field(default_factory=list)  # nodes and strings
    end: str = ""

    @property
    def name(self):
        return re.match(r"<?([a-z0-9]*)", self.tag)[1]

    @property
    def has_content(self):
        """Tell whether it shows anything: a letter, a picture, a cell, a line."""
        if self.name in ("img", "hr", "table", "td", "th", "a"):
            return True
        return any(
            not _BLANK.fullmatch(child) if isinstance(child, str) else child.has_content for child in self.children
        )


def parsed(value):
    """Return the root of clean HTML. An end without its beginning, which `clean` does not write, is left out."""
    root = Node("")
    stack = [root]
    for token in _TOKEN.finditer(value):
        is_end, name = token[1], token[2]
        if name is None:
            stack[-1].children.append(token[0])
        elif is_end:
            if len(stack) > 1 and stack[-1].name == name:
                stack.pop()
        else:
            node = Node(token[0], [], "" if name in VOID else f"</{name}>")
            stack[-1].children.append(node)
            if name not in VOID:
                stack.append(node)
    return root


def written(node):
    inside = "".join(child if isinstance(child, str) else written(child) for child in node.children)
    return f"{node.tag}{inside}{node.end}"
