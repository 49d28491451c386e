"""What several scenes share: sky, hills, trees, buildings, water, people seen from behind."""

import math

from .canvas import BLUE, GRASS, INK, LEAF, MID, MOSS, PALE, RED, SLATE, STONE, WARM, WHITE, alpha, mix


def sky(c, horizon, sun=None, clouds=3):
    """Sky down to `horizon`; `sun` is (x, y, radius) or None."""
    c.gradient(0, horizon, c.mood.top, c.mood.horizon)
    c.rect(0, horizon, c.width, c.height - horizon, c.mood.haze)
    if sun:
        x, y, radius = sun
        c.glow(x, y, radius * 6, c.mood.sun, 0.75)
        c.disc(x, y, radius, alpha(c.mood.sun, 0.95))
    for _ in range(clouds):
        x, y = c.random.uniform(40, c.width - 160), c.random.uniform(40, horizon * 0.45)
        cloud(c, x, y, c.random.uniform(0.7, 1.3))


def cloud(c, x, y, size):
    """Long flat cloud of stacked rounded bars."""
    fill = alpha(mix(c.mood.horizon, "#ffffff", 0.5), 0.42)
    for dx, dy, width, height in ((0, 16, 170, 16), (34, 4, 96, 16), (70, 28, 128, 12)):
        c.rect(x + dx * size, y + dy * size, width * size, height * size, fill, radius=height * size / 2)


def hills(c, base, height, colour, waves, phase):
    """One smooth ridge from left to right, filled to the bottom of the picture."""
    points = []
    for x in range(0, c.width + 13, 12):
        t = x / c.width * math.tau
        rise = 0.55 + 0.3 * math.sin(t * waves + phase) + 0.15 * math.sin(t * waves * 2.3 + phase * 1.7)
        points.append((x, base - height * rise))
    c.poly([*points, (c.width, c.height), (0, c.height)], colour)


def peaks(c, base, height, colour, count):
    """A jagged mountain range with one lit and one shaded side to each peak."""
    step = c.width / count
    for i in range(-1, count + 1):
        x = (i + 0.5) * step + c.random.uniform(-0.2, 0.2) * step
        top = base - height * c.random.uniform(0.55, 1.0)
        half = step * c.random.uniform(0.85, 1.2)
        c.poly([(x - half, base), (x, top), (x + half, base)], colour)
        c.poly([(x, top), (x + half, base), (x + half * 0.1, base)], alpha(INK, 0.07))


def tree(c, x, base, size, distance=0.0, colour=LEAF):
    trunk = c.tone(SLATE, distance)
    c.rect(x - size * 0.04, base - size * 0.4, size * 0.08, size * 0.4, trunk)
    c.oval(x, base - size * 0.66, size * 0.29, size * 0.36, c.tone(colour, distance))
    c.oval(x + size * 0.09, base - size * 0.6, size * 0.17, size * 0.26, c.tone(mix(colour, MOSS, 0.5), distance))


def poplar(c, x, base, size, distance=0.0):
    c.oval(x, base - size * 0.52, size * 0.13, size * 0.5, c.tone(MOSS, distance))
    c.oval(x - size * 0.03, base - size * 0.52, size * 0.07, size * 0.42, c.tone(LEAF, distance))


def grove(c, y, count, size, distance=0.0, left=0, right=None):
    """A row of trees of uneven height along a base line."""
    right = c.width if right is None else right
    step = (right - left) / count
    for i in range(count):
        x = left + (i + c.random.uniform(0.25, 0.75)) * step
        tree(c, x, y + c.random.uniform(-3, 3), size * c.random.uniform(0.75, 1.2), distance)


def tower(c, x, base, width, height, colour, distance, lights=0.45):
    """An office tower: lit side, shaded side, rows of windows, sometimes a crown."""
    body = c.tone(colour, distance)
    top = base - height
    crown = c.random.choice(("flat", "step", "slope", "mast"))
    if crown == "step":
        c.rect(x + width * 0.2, top - 14, width * 0.6, 15, body)
    elif crown == "slope":
        c.poly([(x, top + 1), (x + width, top + 1), (x + width, top - width * 0.35)], body)
    elif crown == "mast":
        c.rect(x + width / 2 - 1.5, top - 44, 3, 46, body)
    c.rect(x, top, width, height, body)
    c.rect(x + width * 0.68, top, width * 0.32, height, alpha(INK, 0.1))
    if width < 26:
        return
    pane = c.tone(mix(colour, WHITE, 0.45), distance)
    rows, columns = int((height - 24) // 17), max(2, int((width - 10) // 12))
    step = (width - 10) / columns
    for row in range(rows):
        for column in range(columns):
            lit = c.random.random() < lights
            fill = mix(c.mood.lit, c.mood.haze, distance) if lit else pane
            c.rect(x + 6 + column * step, top + 12 + row * 17, step - 4.5, 8, alpha(fill, 0.85 if lit else 0.4))


def skyline(c, base, count, heights, distance, colours=(MID, BLUE, SLATE), left=0, right=None):
    """A row of towers over the whole width, or between `left` and `right`."""
    right = c.width if right is None else right
    x, step = left - 10, (right - left) / count
    while x < right:
        width = step * c.random.uniform(0.7, 1.15)
        tower(c, x, base, width, c.random.uniform(*heights), c.random.choice(colours), distance)
        x += width + c.random.uniform(-2, step * 0.3)


def water(c, top, near=None):
    """Water from `top` to the bottom with light streaks that widen towards the reader."""
    near = near or mix(BLUE, c.mood.horizon, 0.25)
    c.gradient(top, c.height - top, mix(c.mood.horizon, MID, 0.3), c.tone(near))
    for _ in range(60):
        depth = c.random.random() ** 1.4
        y = top + 6 + depth * (c.height - top - 14)
        width = 30 + 150 * depth * c.random.random()
        c.rect(c.random.uniform(-40, c.width), y, width, 1.2 + 2.2 * depth, alpha("#ffffff", 0.16), radius=1)


def lawn(c, top, colour=GRASS):
    c.gradient(top, c.height - top, c.tone(colour, 0.35), c.tone(colour))


def road(c, top, x, near_left, near_right, half=8):
    """A road that runs from the horizon at `x` to the lower edge, with dashes along its middle."""
    c.poly([(x - half, top), (x + half, top), (near_right, c.height), (near_left, c.height)], c.tone(SLATE, 0.1))
    middle = (near_left + near_right) / 2
    for i in range(9):
        a, b = (i / 9) ** 1.8, ((i + 0.5) / 9) ** 1.8
        ya, yb = top + (c.height - top) * a, top + (c.height - top) * b
        xa, xb = x + (middle - x) * a, x + (middle - x) * b
        wa, wb = 0.6 + 6 * a, 0.6 + 6 * b
        c.poly([(xa - wa, ya), (xa + wa, ya), (xb + wb, yb), (xb - wb, yb)], alpha(WHITE, 0.75))


def person(c, x, base, size, colour, seen="back"):
    """A standing or seated figure cut off at the chest: shoulders and a head."""
    c.rect(x - size * 0.34, base - size * 0.62, size * 0.68, size, c.tone(colour), radius=size * 0.26)
    c.rect(x - size * 0.08, base - size * 0.72, size * 0.16, size * 0.14, c.tone(mix(WARM, SLATE, 0.25)))
    c.disc(x, base - size * 0.88, size * 0.22, c.tone(INK if seen == "back" else WARM))
    if seen == "front":
        c.pie(x, base - size * 0.92, size * 0.23, 180, 360, c.tone(INK))


def truck(c, x, base, size, colour=RED):
    """A lorry that drives to the right; `size` is the length of its box."""
    c.rect(x, base - size * 0.52, size, size * 0.42, c.tone(colour), radius=2)
    c.rect(x, base - size * 0.52, size, size * 0.07, alpha(WHITE, 0.2))
    c.rect(x + size * 1.03, base - size * 0.4, size * 0.26, size * 0.32, c.tone(PALE), radius=size * 0.05)
    c.rect(x + size * 1.14, base - size * 0.35, size * 0.12, size * 0.12, c.tone(BLUE), radius=2)
    c.rect(x, base - size * 0.11, size * 1.3, size * 0.05, c.tone(INK))
    for at in (0.17, 0.36, 0.78, 1.15):
        c.disc(x + size * at, base - size * 0.05, size * 0.085, c.tone(INK))
        c.disc(x + size * at, base - size * 0.05, size * 0.035, c.tone(STONE))
