"""Scenes of the open country: fields, energy, water."""

import math

from .canvas import (
    BLUE,
    GRASS,
    INK,
    LEAF,
    MID,
    MOSS,
    PALE,
    PAPER,
    RED,
    SAND,
    SKY,
    SLATE,
    STONE,
    WARM,
    WHITE,
    alpha,
    mix,
)
from .scenery import grove, hills, lawn, peaks, poplar, sky, skyline, tree, water


def greenhouses(c):
    """Glass houses between striped fields, a village under the hills."""
    sky(c, 360, sun=(880, 150, 48))
    hills(c, 362, 190, c.tone(SKY, 0.55), 1.4, 0.9)
    hills(c, 380, 120, c.tone(mix(MID, LEAF, 0.5), 0.42), 2.0, 2.5)
    lawn(c, 366)
    for i in range(9):
        x = 60 + i * 128 + c.random.uniform(-20, 20)
        c.rect(x, 352, 46, 24, c.tone(WHITE, 0.25))
        c.poly(
            [(x - 6, 354), (x + 52, 354), (x + 40, 336), (x + 6, 336)], c.tone(c.random.choice((BLUE, RED, SLATE)), 0.3)
        )
    grove(c, 384, 40, 36, 0.26)
    for i in range(16):
        far, near = 200 + i * 62, -900 + i * 200
        fill = c.tone(LEAF if i % 2 else GRASS, 0.1)
        c.poly([(far, 392), (far + 62, 392), (near + 200, 675), (near, 675)], fill)
        c.poly([(far, 392), (far + 12, 392), (near + 50, 675), (near, 675)], c.tone(SAND, 0.1))
    for x, base, width, height in ((40, 470, 240, 70), (330, 470, 240, 70), (620, 470, 240, 70), (910, 470, 240, 70)):
        glass(c, x, base, width, height)
    for x, base, width, height in ((-60, 600, 400, 120), (420, 600, 400, 120), (900, 600, 400, 120)):
        glass(c, x, base, width, height)
    poplar(c, 372, 650, 190)
    poplar(c, 860, 650, 170)


def glass(c, x, base, width, height):
    """One glass house: a curved roof with ribs over green beds."""
    c.rect(x, base - height * 0.55, width, height * 0.55, c.tone(mix(PALE, LEAF, 0.2)))
    c.pie(x + width / 2, base - height * 0.55, width / 2, 180, 360, c.tone(PALE), height * 0.45)
    for i in range(7):
        c.oval(x + width * (0.1 + i * 0.133), base - height * 0.12, width * 0.055, height * 0.12, c.tone(LEAF))
    for i in range(1, 8):
        t = i / 8 * 2 - 1
        top = base - height * (0.55 + 0.45 * (1 - t * t) ** 0.5)
        c.line([(x + width * i / 8, base), (x + width * i / 8, top)], alpha(WHITE, 0.9), 2)
    c.line([(x, base - height * 0.55), (x + width, base - height * 0.55)], alpha(WHITE, 0.9), 3)
    c.arc(x + width / 2, base - height * 0.55, width / 2, height * 0.45, 180, 360, alpha(WHITE, 0.95), 3)
    c.poly(
        [
            (x + width * 0.2, base - height * 0.56),
            (x + width * 0.34, base - height * 0.94),
            (x + width * 0.42, base - height * 0.97),
            (x + width * 0.3, base - height * 0.56),
        ],
        alpha(WHITE, 0.4),
    )
    c.rect(x, base - 4, width, 5, c.tone(SLATE))


def solar(c):
    """Panels in rows down a slope, turbines on the ridge."""
    sky(c, 400, sun=(250, 150, 50))
    hills(c, 400, 200, c.tone(SKY, 0.5), 1.5, 4.4)
    hills(c, 420, 150, c.tone(mix(MID, LEAF, 0.4), 0.42), 1.1, 1.2)
    for x, base, size in ((420, 330, 0.7), (640, 318, 0.85), (860, 322, 0.75), (1060, 350, 1.0), (230, 362, 0.6)):
        turbine(c, x, base, size, 0.3)
    lawn(c, 410)
    grove(c, 424, 50, 26, 0.3)
    for row in range(6):
        t = row / 5
        y = 442 + 205 * t**1.35
        height, width = 14 + 48 * t, 60 + 140 * t
        offset = -((row * 57) % 80)
        for i in range(int(1200 / (width + 10)) + 2):
            panel(c, offset + i * (width + 8 + 8 * t), y, width, height, 0.25 * (1 - t))


def panel(c, x, y, width, height, distance):
    lean = height * 0.45
    c.line([(x + width * 0.3, y), (x + width * 0.3, y + height * 0.5)], c.tone(SLATE, distance), 2 + height / 26)
    c.line([(x + width * 0.75, y), (x + width * 0.75, y + height * 0.5)], c.tone(SLATE, distance), 2 + height / 26)
    corners = [
        (x, y + height * 0.25),
        (x + width, y + height * 0.25),
        (x + width + lean, y - height * 0.55),
        (x + lean, y - height * 0.55),
    ]
    c.poly(corners, c.tone(WHITE, distance))
    inner = 1 + height / 40
    c.poly(
        [
            (x + inner * 2, y + height * 0.25 - inner),
            (x + width - inner, y + height * 0.25 - inner),
            (x + width + lean - inner * 2, y - height * 0.55 + inner),
            (x + lean + inner, y - height * 0.55 + inner),
        ],
        c.tone(BLUE, distance),
    )
    for i in range(1, 5):
        at = x + width * i / 5
        c.line([(at, y + height * 0.25), (at + lean, y - height * 0.55)], alpha(SKY, 0.55), 1)
    c.line([(x + lean / 2, y - height * 0.15), (x + width + lean / 2, y - height * 0.15)], alpha(SKY, 0.55), 1)
    c.poly(
        [
            (x + width * 0.5, y + height * 0.25),
            (x + width * 0.7, y + height * 0.25),
            (x + width * 0.7 + lean, y - height * 0.55),
            (x + width * 0.5 + lean, y - height * 0.55),
        ],
        alpha(WHITE, 0.12),
    )


def turbine(c, x, base, size, distance):
    white = c.tone(WHITE, distance * 0.4)
    hub = base - 190 * size
    c.poly([(x - 5 * size, base), (x + 5 * size, base), (x + 2.4 * size, hub), (x - 2.4 * size, hub)], white)
    turn = c.random.uniform(0, math.tau / 3)
    for blade in range(3):
        angle = turn + blade * math.tau / 3
        dx, dy = math.cos(angle), math.sin(angle)
        tip = (x + dx * 108 * size, hub + dy * 108 * size)
        wide = (x + dx * 26 * size - dy * 7 * size, hub + dy * 26 * size + dx * 7 * size)
        c.poly([(x, hub), wide, tip, (x + dx * 20 * size + dy * 2 * size, hub + dy * 20 * size - dx * 2 * size)], white)
    c.disc(x, hub, 6 * size, c.tone(STONE, distance))


def sea_wind(c):
    """Turbines in the sea, a service boat, the coast far off."""
    sky(c, 420, sun=(880, 330, 70), clouds=4)
    hills(c, 424, 60, c.tone(SKY, 0.55), 1.2, 2.9)
    water(c, 420)
    for x, base, size, distance in (
        (110, 430, 0.5, 0.55),
        (330, 432, 0.55, 0.5),
        (700, 430, 0.5, 0.55),
        (1010, 432, 0.55, 0.5),
    ):
        turbine(c, x, base, size, distance)
    for x, base, size in ((230, 500, 1.15), (560, 474, 0.9), (1080, 520, 1.3)):
        turbine(c, x, base, size, 0.05)
        c.rect(x - 9 * size, base - 16 * size, 18 * size, 34 * size, c.tone(WARM))
        c.oval(x, base + 20 * size, 40 * size, 5 * size, alpha(WHITE, 0.5))
    c.poly([(650, 560), (880, 560), (850, 600), (690, 600)], c.tone(BLUE))
    c.rect(660, 592, 186, 8, c.tone(RED))
    c.rect(700, 516, 84, 44, c.tone(WHITE), radius=4)
    c.rect(708, 526, 68, 14, c.tone(INK), radius=2)
    c.line([(742, 516), (742, 470)], c.tone(WHITE), 4)
    c.rect(742, 472, 30, 16, c.tone(RED))
    c.line([(800, 560), (850, 500), (876, 540)], c.tone(WARM), 5)
    for y, width in ((606, 300), (622, 240), (640, 160)):
        c.rect(766 - width / 2, y, width, 3, alpha(WHITE, 0.5), radius=1)


def treatment(c):
    """Round basins of a water works amid lawns, seen from a height."""
    sky(c, 260, sun=(300, 110, 40))
    hills(c, 262, 110, c.tone(SKY, 0.5), 1.4, 3.9)
    skyline(c, 264, 30, (20, 110), 0.55, (SKY, MID))
    lawn(c, 260)
    grove(c, 272, 54, 30, 0.3)
    for x, y, size in ((260, 350, 0.62), (600, 340, 0.58), (930, 352, 0.62), (380, 510, 1.05), (840, 516, 1.08)):
        basin(c, x, y, size)
    c.rect(30, 420, 130, 76, c.tone(WHITE, 0.04))
    c.poly([(18, 422), (172, 422), (150, 390), (40, 390)], c.tone(BLUE))
    for i in range(4):
        c.rect(44 + i * 28, 438, 18, 24, c.tone(SKY))
    c.line([(-20, 650), (300, 622), (700, 628), (1220, 604)], c.tone(SAND), 20)
    for x, base, size in ((90, 690, 190), (1110, 680, 200), (610, 700, 110), (700, 706, 90)):
        tree(c, x, base, size)
    grove(c, 440, 6, 76, 0.05, left=1060, right=1200)


def basin(c, x, y, size):
    c.oval(x, y + 12 * size, 200 * size, 70 * size, c.tone(STONE))
    c.oval(x, y, 200 * size, 70 * size, c.tone(WHITE))
    c.oval(x, y + 2, 186 * size, 62 * size, c.tone(mix(SKY, MID, 0.5)))
    c.oval(x, y + 8 * size, 176 * size, 52 * size, c.tone(mix(SKY, BLUE, 0.4)))
    c.oval(x, y + 4, 120 * size, 36 * size, alpha(WHITE, 0.14))
    c.line([(x - 190 * size, y - 6 * size), (x, y - 12 * size)], c.tone(PAPER), 9 * size)
    c.line([(x - 190 * size, y - 18 * size), (x, y - 24 * size)], c.tone(RED), 2.5 * size)
    c.oval(x, y, 26 * size, 10 * size, c.tone(SLATE))
    c.rect(x - 12 * size, y - 32 * size, 24 * size, 32 * size, c.tone(BLUE), radius=3)
    for i in range(5):
        c.rect(x - 110 * size + i * 52 * size, y + (18 + (i * 11) % 22) * size, 44 * size, 2, alpha(WHITE, 0.5))


def terraces(c):
    """Terraced slopes with a road to a workshop in the village."""
    sky(c, 340, sun=(700, 170, 56), clouds=4)
    peaks(c, 342, 190, c.tone(SKY, 0.5), 7)
    hills(c, 372, 60, c.tone(mix(LEAF, GRASS, 0.4), 0.6), 1.3, 2.0)
    for i in range(8):
        t = i / 7
        base = 330 + 345 * t**1.2
        colour = c.tone(mix(LEAF, GRASS, (i % 2) * 0.7), 0.5 * (1 - t))
        hills(c, base + 70, 60 + 60 * t, colour, 1.1 + 0.1 * i, 0.8 + i * 0.55)
        hills(c, base + 76 + 8 * t, 60 + 60 * t, c.tone(mix(colour, MOSS, 0.35)), 1.1 + 0.1 * i, 0.8 + i * 0.55)
        hills(c, base + 82 + 14 * t, 60 + 60 * t, colour, 1.1 + 0.1 * i, 0.8 + i * 0.55)
    for x, base, size in ((300, 470, 1.0), (372, 486, 0.8), (840, 540, 1.3), (930, 556, 1.0), (740, 548, 0.8)):
        c.rect(x, base - 40 * size, 62 * size, 40 * size, c.tone(WHITE))
        c.poly(
            [
                (x - 10 * size, base - 38 * size),
                (x + 72 * size, base - 38 * size),
                (x + 54 * size, base - 62 * size),
                (x + 8 * size, base - 62 * size),
            ],
            c.tone(INK),
        )
        c.rect(x + 12 * size, base - 28 * size, 12 * size, 14 * size, c.tone(RED))
        c.rect(x + 36 * size, base - 28 * size, 12 * size, 14 * size, c.mood.lit)
    for x, base, size in (
        (240, 480, 70),
        (450, 500, 60),
        (700, 560, 80),
        (1010, 570, 90),
        (120, 690, 170),
        (1120, 690, 150),
    ):
        tree(c, x, base, size)
