"""Tables of a benchmark, printed as they are made; REPORT= names a folder in docs/ that keeps them, with a drawing."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

BAR, GAP, LEFT, WIDTH = 22, 8, 300, 900


class Results:
    """What one run measured: `table(title, head, rows)` prints and keeps; `write()` ends it."""

    def __init__(self, title):
        self.title, self.parts, self.bars = title, [], []

    def say(self, text):
        print(text, flush=True)
        self.parts.append(text + "\n")

    def table(self, title, head, rows):
        """Print and keep a table; `rows` are tuples as long as `head`, of texts and numbers."""
        rows = [tuple(shown(value) for value in row) for row in rows]
        widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
        print(f"\n{title}")
        for row in [head, *rows]:
            print(
                "  "
                + "  ".join(
                    value.rjust(width) if place else value.ljust(width)
                    for place, (value, width) in enumerate(zip(row, widths, strict=True))
                ),
                flush=True,
            )
        lines = ["| " + " | ".join(row) + " |" for row in [head, *rows]]
        lines.insert(1, "|---|" + "---:|" * (len(head) - 1))
        self.parts.append(f"## {title}\n\n" + "\n".join(lines) + "\n")

    def draw(self, bars):
        """Keep {label: number} for the drawing, one bar each."""
        self.bars = list(bars.items())

    def write(self):
        if not (folder := os.environ.get("REPORT")):
            return
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        name = self.title.lower().replace(" ", "-")
        head = f"# {self.title}\n\n{datetime.now(UTC):%Y-%m-%d}, {machine()}\n"
        picture = [f"![{self.title}]({name}.svg)\n"] if self.bars else []
        (folder / f"{name}.md").write_text("\n".join([head, *picture, *self.parts]))
        if self.bars:
            (folder / f"{name}.svg").write_text(drawing(self.bars))


def shown(value):
    if isinstance(value, float):
        return f"{value:,.2f}" if value < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else value


def machine():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    return f"{os.cpu_count()} processors ({model}), Python {platform.python_version()}"


def drawing(bars):
    """Return an SVG of horizontal bars with their numbers."""
    height, most = len(bars) * (BAR + GAP) + GAP, max(value for _, value in bars)
    rows = []
    for place, (label, value) in enumerate(bars):
        top, length = GAP + place * (BAR + GAP), (WIDTH - LEFT - 100) * value / most
        rows += [
            f'<text x="{LEFT - 10}" y="{top + 16}" text-anchor="end">{escape(label)}</text>',
            f'<rect x="{LEFT}" y="{top}" width="{max(length, 1):.0f}" height="{BAR}" fill="#0b3d91"/>',
            f'<text x="{LEFT + max(length, 1) + 8:.0f}" y="{top + 16}">{shown(value)}</text>',
        ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="14">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(rows)}</svg>\n'
    )
