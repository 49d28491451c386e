"""Scenes of towns: skylines, parks, water fronts, streets."""

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
from .scenery import grove, hills, lawn, person, poplar, road, sky, skyline, tower, tree, water


def park(c):
    """Towers in three depths behind a park with a lake and a winding path."""
    sky(c, 430, sun=(900, 190, 46))
    hills(c, 430, 90, c.tone(SKY, 0.55), 1.5, c.random.uniform(0, 6))
    skyline(c, 432, 26, (60, 190), 0.72, (SKY, MID))
    skyline(c, 432, 17, (70, 250), 0.45, left=140, right=1040)
    skyline(c, 432, 12, (60, 170), 0.2, left=330, right=860)
    grove(c, 440, 46, 44, 0.3)
    lawn(c, 432)
    c.poly(
        [(0, 486), (400, 448), (800, 450), (1200, 500), (1200, 540), (820, 474), (420, 470), (0, 520)], c.tone(GRASS)
    )
    path(c, [(1210, 508), (1060, 530), (960, 570), (880, 612), (700, 650), (430, 656), (200, 690)])
    c.oval(620, 548, 400, 54, c.tone(PAPER, 0.1))
    c.oval(620, 546, 384, 47, c.tone(mix(SKY, BLUE, 0.25), 0.1))
    for x, y, width in (
        (420, 530, 150),
        (600, 520, 90),
        (700, 550, 180),
        (480, 566, 110),
        (820, 536, 90),
        (350, 548, 60),
    ):
        c.rect(x, y, width, 2.4, alpha(WHITE, 0.45), radius=1)
    grove(c, 496, 12, 84, 0.12, left=20, right=330)
    grove(c, 500, 9, 90, 0.1, left=940, right=1190)
    for x, base, size in ((40, 668, 190), (150, 690, 150), (1150, 690, 200), (1040, 680, 120)):
        tree(c, x, base, size)


def path(c, points):
    """A sandy way that widens towards the lower edge."""
    for i in range(len(points) - 1):
        (xa, ya), (xb, yb) = points[i], points[i + 1]
        for j in range(30):
            t = j / 30
            x, y = xa + (xb - xa) * t, ya + (yb - ya) * t
            c.oval(x, y, 7 + (y - 480) * 0.13, 3 + (y - 480) * 0.055, c.tone(SAND))


def bridge(c):
    """A cable-stayed bridge over a wide river, the far bank full of towers."""
    sky(c, 410, sun=(300, 250, 54))
    hills(c, 410, 110, c.tone(SKY, 0.6), 1.2, 2.0)
    skyline(c, 412, 30, (40, 150), 0.62, (SKY, MID))
    skyline(c, 412, 14, (50, 210), 0.4, left=620, right=1200)
    grove(c, 416, 60, 26, 0.45)
    water(c, 410)
    deck, steel = c.tone(INK, 0.06), c.tone(PALE, 0.05)
    for x in (360, 860):
        c.poly([(x - 22, 560), (x + 22, 560), (x + 9, 120), (x - 9, 120)], c.tone(STONE, 0.05))
        c.poly([(x + 4, 560), (x + 22, 560), (x + 9, 120), (x + 2, 120)], alpha(INK, 0.14))
        c.oval(x, 562, 60, 12, c.tone(SLATE))
        for i in range(1, 12):
            for side in (-1, 1):
                c.line([(x, 128 + i * 9), (x + side * i * 22, 452)], steel, 1.3)
        c.disc(x, 116, 4, c.tone(RED))
    c.poly([(0, 452), (1200, 452), (1200, 470), (0, 470)], deck)
    c.rect(0, 452, 1200, 5, c.tone(STONE))
    for i in range(26):
        x = i * 47 + c.random.uniform(-12, 12)
        c.rect(x, 443, 15, 9, c.tone(c.random.choice((RED, WHITE, MID, WARM))), radius=3)
    c.poly([(500, 600), (720, 600), (690, 632), (530, 632)], c.tone(INK))
    c.rect(540, 574, 80, 26, c.tone(WHITE), radius=3)
    c.rect(548, 582, 64, 7, c.tone(BLUE))
    c.rect(640, 584, 56, 16, c.tone(RED))
    c.rect(470, 636, 300, 3, alpha(WHITE, 0.45), radius=1)


def wetland(c):
    """A lake with reeds and egrets; the town far behind the trees."""
    sky(c, 360, sun=(820, 170, 58), clouds=4)
    hills(c, 362, 120, c.tone(SKY, 0.6), 1.0, 0.6)
    skyline(c, 362, 34, (20, 90), 0.68, (SKY, MID))
    grove(c, 366, 50, 40, 0.38)
    hills(c, 392, 26, c.tone(GRASS, 0.2), 2.2, 1.0)
    water(c, 384, mix(BLUE, LEAF, 0.35))
    for i in range(22):
        width = 24 + 60 * c.random.random()
        c.rect(820 - width / 2 + c.random.uniform(-24, 24), 396 + i * 9, width, 3, alpha(c.mood.sun, 0.5), radius=1)
    for x, y, rx in ((180, 470, 240), (1060, 452, 220), (560, 428, 120)):
        c.oval(x, y, rx, 15, c.tone(MOSS, 0.15))
        c.oval(x, y - 4, rx * 0.96, 11, c.tone(GRASS, 0.1))
        grove(c, y, int(rx / 22), 54, 0.14, left=x - rx * 0.75, right=x + rx * 0.75)
    for x, y, size in ((430, 560, 1.1), (500, 580, 0.85), (760, 548, 0.95)):
        egret(c, x, y, size)
    for x in list(range(-10, 330, 9)) + list(range(890, 1215, 9)):
        reed(c, x + c.random.uniform(-4, 4), c.random.uniform(90, 210))


def egret(c, x, y, size):
    white, leg = c.tone(WHITE), c.tone(INK)
    c.line([(x - 3 * size, y), (x - 3 * size, y + 44 * size)], leg, 2)
    c.line([(x + 7 * size, y), (x + 7 * size, y + 44 * size)], leg, 2)
    c.oval(x, y - 4 * size, 30 * size, 14 * size, white)
    c.poly([(x - 18 * size, y - 8 * size), (x - 46 * size, y + 10 * size), (x, y + 6 * size)], white)
    neck = [
        (x + 22 * size, y - 6 * size),
        (x + 38 * size, y - 24 * size),
        (x + 26 * size, y - 44 * size),
        (x + 36 * size, y - 62 * size),
    ]
    c.line(neck, white, 8 * size)
    c.disc(x + 37 * size, y - 63 * size, 7 * size, white)
    c.poly(
        [(x + 42 * size, y - 67 * size), (x + 66 * size, y - 60 * size), (x + 42 * size, y - 59 * size)], c.tone(WARM)
    )


def reed(c, x, height):
    lean = c.random.uniform(-14, 22)
    colour = c.tone(c.random.choice((MOSS, LEAF, mix(MOSS, SAND, 0.3))))
    c.line([(x, 690), (x + lean * 0.4, 690 - height * 0.6), (x + lean, 690 - height)], colour, 3)
    if c.random.random() < 0.35:
        c.oval(x + lean, 690 - height, 5, 19, c.tone(mix(RED, SAND, 0.45)))


def gateway(c):
    """A boulevard to the gate of a zone, towers on both sides, rows of poplars."""
    sky(c, 400, sun=(600, 250, 60))
    hills(c, 402, 130, c.tone(SKY, 0.55), 1.4, 4.2)
    skyline(c, 404, 15, (80, 220), 0.5, left=0, right=430)
    skyline(c, 404, 15, (80, 220), 0.5, left=770, right=1210)
    skyline(c, 404, 7, (90, 290), 0.22, left=-20, right=250)
    skyline(c, 404, 7, (90, 290), 0.22, left=950, right=1200)
    lawn(c, 402)
    road(c, 402, 600, 120, 1080, 26)
    stone = c.tone(PALE, 0.05)
    for x in (392, 756):
        c.rect(x, 236, 52, 206, stone)
        c.rect(x + 32, 236, 20, 206, alpha(INK, 0.12))
        c.rect(x - 8, 436, 68, 12, c.tone(STONE))
    c.poly([(350, 240), (850, 240), (826, 196), (374, 196)], c.tone(BLUE))
    c.poly([(374, 196), (826, 196), (816, 184), (384, 184)], c.tone(RED))
    c.rect(480, 209, 240, 18, alpha(WHITE, 0.85), radius=2)
    for i in range(7):
        t = (i / 6) ** 1.7
        for side in (-1, 1):
            x, base = 600 + side * (150 + 520 * t), 430 + 260 * t
            poplar(c, x, base, 70 + 250 * t, 0.28 * (1 - t))
    for x, base, size in ((500, 520, 8), (740, 600, 14)):
        c.rect(x, base - size * 3, size * 6, size * 3, c.tone(WHITE), radius=size)
        c.rect(x + size, base - size * 2.5, size * 4, size * 1.2, c.tone(BLUE), radius=size / 2)
        c.rect(x + size * 0.5, base - size * 0.8, size, size * 0.5, c.tone(RED))
        c.rect(x + size * 4.5, base - size * 0.8, size, size * 0.5, c.tone(RED))


def housing(c):
    """Flats for young staff around a green yard, with people on a path."""
    sky(c, 450, sun=(190, 130, 40))
    skyline(c, 452, 22, (90, 240), 0.66, (SKY, MID))
    for i, (x, width, height) in enumerate(((60, 230, 320), (330, 190, 240), (560, 250, 350), (860, 260, 280))):
        flats(c, x, 470, width, height, (PALE, PAPER, WHITE, SAND)[i])
    grove(c, 474, 22, 66, 0.15)
    lawn(c, 466)
    c.poly(
        [(380, 675), (760, 675), (640, 560), (690, 500), (660, 480), (600, 480), (590, 505), (540, 560)], c.tone(SAND)
    )
    for x, base, size, colour in (
        (560, 640, 58, BLUE),
        (612, 642, 54, RED),
        (668, 566, 36, MID),
        (610, 534, 28, SLATE),
    ):
        c.oval(x, base + size * 0.72, size * 0.4, size * 0.08, alpha(INK, 0.15))
        c.rect(x - size * 0.2, base + size * 0.1, size * 0.4, size * 0.62, c.tone(INK), radius=size * 0.1)
        person(c, x, base - size * 0.1, size * 0.62, colour)
    for x, base, size in ((90, 660, 210), (250, 630, 130), (1000, 640, 150), (1120, 690, 230)):
        tree(c, x, base, size)
    c.line([(860, 620), (860, 560)], c.tone(INK), 4)
    c.disc(860, 553, 11, c.tone(c.mood.lit))


def flats(c, x, base, width, height, colour):
    c.rect(x, base - height, width, height, c.tone(colour, 0.12))
    c.rect(x + width * 0.78, base - height, width * 0.22, height, alpha(INK, 0.08))
    c.rect(x - 6, base - height - 8, width + 12, 10, c.tone(BLUE, 0.1))
    step = 40
    for row in range(int((height - 20) // step)):
        y = base - height + 18 + row * step
        for column in range(int(width // 46)):
            left = x + 12 + column * 46
            lit = c.random.random() < 0.3
            c.rect(left, y, 30, 20, c.mood.lit if lit else c.tone(mix(SKY, MID, 0.4), 0.1))
            c.rect(left - 3, y + 20, 36, 4, c.tone(RED if (row + column) % 5 == 0 else STONE, 0.1))


def riverside(c):
    """The city at the water, its lights doubled in the river."""
    sky(c, 420, sun=(980, 110, 34), clouds=2)
    for _ in range(70):
        c.disc(c.random.uniform(0, 1200), c.random.uniform(0, 240), c.random.uniform(0.6, 1.5), alpha(WHITE, 0.5))
    skyline(c, 424, 28, (80, 220), 0.6, (SKY, MID))
    skyline(c, 424, 15, (110, 330), 0.28)
    tower(c, 560, 424, 70, 370, BLUE, 0.1, lights=0.7)
    water(c, 424, INK)
    for _ in range(90):
        x, y = c.random.uniform(0, 1200), c.random.uniform(432, 640)
        c.rect(x, y, 3, c.random.uniform(8, 34), alpha(c.mood.lit, 0.16 + 0.3 * c.random.random()), radius=1)
    c.rect(0, 418, 1200, 8, c.tone(SLATE))
    for x in range(20, 1200, 60):
        c.glow(x, 410, 26, c.mood.lit, 0.6)
        c.disc(x, 410, 2.6, c.mood.lit)
    for i in range(3):
        x, y = 220 + i * 330, 540 + (i % 2) * 46
        c.poly([(x, y), (x + 150, y), (x + 128, y + 20), (x + 22, y + 20)], c.tone(INK))
        c.arc(x + 75, y, 60, 34, 180, 360, c.tone(RED), 7)
        c.rect(x + 30, y - 12, 90, 12, c.mood.lit, radius=3)
        c.glow(x + 75, y + 14, 90, c.mood.lit, 0.28)


def plan(c):
    """A plan seen from above: streets, plots, a canal and a ring road."""
    c.gradient(0, 675, mix(PALE, GRASS, 0.25), mix(PAPER, GRASS, 0.35))
    for row in range(9):
        for column in range(14):
            plot(c, 8 + column * 87, 6 + row * 76)
    for width, colour in ((54, WHITE), (40, mix(SKY, MID, 0.4))):
        c.line([(x, 612 + 30 * math.sin(x / 170)) for x in range(-20, 1240, 10)], c.tone(colour), width)
    for width, colour in ((26, WHITE), (20, SLATE), (2, PAPER)):
        c.ring(640, 330, 236 + width / 2, c.tone(colour), width)
        c.line([(640, -10), (640, 100)], c.tone(colour), width)
        c.line([(640, 560), (640, 690)], c.tone(colour), width)
        c.line([(-10, 330), (410, 330)], c.tone(colour), width)
        c.line([(870, 330), (1210, 330)], c.tone(colour), width)
    c.disc(640, 330, 118, c.tone(GRASS))
    c.disc(640, 330, 66, c.tone(mix(SKY, MID, 0.35)))
    for i in range(22):
        angle = i / 22 * math.tau
        c.disc(640 + 96 * math.cos(angle), 330 + 96 * math.sin(angle), 12, c.tone(LEAF))
    c.disc(640, 330, 20, c.tone(WHITE))
    c.disc(640, 330, 11, c.tone(RED))


def plot(c, x, y):
    kind = c.random.random()
    c.rect(x, y, 76, 65, c.tone(WHITE), radius=3)
    if kind < 0.3:
        c.rect(x + 4, y + 4, 68, 57, c.tone(GRASS), radius=3)
        for _ in range(6):
            c.disc(x + c.random.uniform(14, 62), y + c.random.uniform(13, 52), c.random.uniform(5, 9), c.tone(LEAF))
    elif kind < 0.65:
        for i in range(2):
            c.rect(x + 11 + i * 30, y + 14, 26, 42, alpha(INK, 0.14))
            c.rect(x + 8 + i * 30, y + 9, 26, 42, c.tone(c.random.choice((BLUE, MID, SKY))))
            c.rect(x + 8 + i * 30, y + 9, 26, 13, alpha(WHITE, 0.2))
    else:
        c.rect(x + 11, y + 15, 60, 42, alpha(INK, 0.14))
        c.rect(x + 8, y + 10, 60, 42, c.tone(c.random.choice((MID, STONE, SAND, BLUE))))
        for i in range(4):
            c.rect(x + 8 + i * 15, y + 10, 6, 42, alpha(WHITE, 0.25))
