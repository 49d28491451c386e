"""Scenes of traffic: rails, borders, air."""

from .canvas import BLUE, GRASS, INK, LEAF, MID, PALE, RED, SAND, SKY, SLATE, STONE, WARM, WHITE, alpha, mix
from .scenery import grove, hills, lawn, peaks, road, sky, skyline, tree, truck


def railway(c):
    """A fast train on a viaduct before blue mountains and terraced fields."""
    sky(c, 400, sun=(960, 150, 44))
    hills(c, 400, 250, c.tone(SKY, 0.55), 1.3, 1.0)
    hills(c, 420, 200, c.tone(MID, 0.5), 1.9, 3.1)
    hills(c, 440, 110, c.tone(mix(MID, LEAF, 0.5), 0.35), 2.4, 5.0)
    lawn(c, 430)
    for i in range(7):
        y = 470 + i * 32
        c.poly(
            [(0, y + 10), (500, y - 12), (1200, y + 26), (1200, y + 36), (500, y - 2), (0, y + 24)],
            alpha(c.tone(LEAF), 0.16 + i * 0.02),
        )
    grove(c, 470, 40, 34, 0.28)
    pillar = c.tone(PALE, 0.05)
    for x in range(40, 1240, 150):
        c.poly([(x - 16, 404), (x + 44, 404), (x + 26, 424), (x + 26, 600), (x + 2, 600), (x + 2, 424)], pillar)
        c.rect(x + 16, 424, 10, 176, alpha(INK, 0.12))
    c.rect(0, 386, 1200, 20, c.tone(STONE, 0.03))
    c.rect(0, 382, 1200, 6, c.tone(WHITE))
    for x in range(70, 1240, 150):
        c.line([(x, 384), (x, 290), (x - 44, 290)], c.tone(SLATE, 0.25), 3)
    c.line([(0, 298), (1200, 298)], c.tone(SLATE, 0.25), 1.2)
    train(c, -30, 384)
    for x, base, size in ((90, 690, 170), (230, 700, 120), (1130, 690, 180)):
        tree(c, x, base, size)


def train(c, left, base):
    white = c.tone(WHITE)
    nose = [
        (960, base),
        (960, base - 66),
        (1010, base - 62),
        (1066, base - 44),
        (1112, base - 18),
        (1116, base - 6),
        (1104, base),
    ]
    c.rect(left, base - 66, 992, 66, white)
    c.poly(nose, white)
    c.poly([(left, base - 18), (1112, base - 18), (1116, base - 6), (1108, base - 3), (left, base - 3)], c.tone(BLUE))
    c.poly([(left, base - 24), (1100, base - 24), (1110, base - 19), (left, base - 19)], c.tone(RED))
    c.poly([(1010, base - 56), (1042, base - 48), (1064, base - 36), (1010, base - 36)], c.tone(INK))
    for car in range(4):
        start = left + 20 + car * 246
        for i in range(8):
            c.rect(start + 16 + i * 25, base - 54, 18, 18, c.tone(BLUE), radius=4)
        c.rect(start + 222, base - 66, 3, 48, alpha(INK, 0.3))


def border(c):
    """A gate of trade at the foot of snow mountains, lorries on the road."""
    sky(c, 400, sun=(240, 130, 44))
    peaks(c, 402, 270, c.tone(SKY, 0.4), 6)
    peaks(c, 402, 170, c.tone(MID, 0.45), 9)
    hills(c, 420, 70, c.tone(mix(SAND, LEAF, 0.3), 0.3), 1.8, 0.7)
    lawn(c, 410, mix(SAND, GRASS, 0.5))
    road(c, 410, 600, 180, 1020, 40)
    frame = c.tone(PALE, 0.03)
    for x in (300, 410, 745, 855):
        c.rect(x, 190, 46, 250, frame)
        c.rect(x + 30, 190, 16, 250, alpha(INK, 0.12))
    c.rect(280, 160, 640, 60, c.tone(BLUE))
    c.rect(260, 148, 680, 16, c.tone(WHITE))
    c.rect(280, 214, 640, 8, c.tone(RED))
    c.rect(470, 176, 260, 26, alpha(WHITE, 0.85), radius=3)
    c.rect(346, 300, 64, 140, c.tone(SKY, 0.1))
    c.rect(791, 300, 64, 140, c.tone(SKY, 0.1))
    for i in range(5):
        for x in (352, 797):
            c.rect(x, 312 + i * 26, 52, 12, c.tone(BLUE, 0.1))
    for x in (60, 140, 1020, 1100):
        c.rect(x, 366, 66, 76, c.tone(WHITE, 0.08))
        c.poly([(x - 6, 368), (x + 72, 368), (x + 33, 338)], c.tone(MID, 0.1))
    grove(c, 446, 9, 50, 0.12, left=0, right=270)
    grove(c, 446, 9, 50, 0.12, left=930, right=1200)
    truck(c, 520, 470, 60, RED)
    truck(c, 640, 540, 110, BLUE)
    truck(c, 290, 640, 190, WARM)


def airport(c):
    """A terminal with a wing roof; one plane at the gate, one taking off."""
    sky(c, 440, sun=(980, 220, 54), clouds=5)
    hills(c, 442, 100, c.tone(SKY, 0.55), 1.3, 1.5)
    skyline(c, 444, 34, (10, 90), 0.6, (SKY, MID))
    c.rect(980, 220, 26, 226, c.tone(PALE, 0.12))
    c.poly([(950, 222), (1036, 222), (1020, 172), (966, 172)], c.tone(BLUE, 0.1))
    c.rect(966, 182, 54, 16, c.tone(SKY, 0.05))
    c.poly([(60, 370), (300, 300), (560, 316), (860, 360), (900, 350), (880, 380), (100, 392)], c.tone(WHITE, 0.02))
    c.poly([(100, 392), (880, 380), (880, 446), (100, 446)], c.tone(MID, 0.15))
    for x in range(116, 876, 24):
        c.rect(x, 396, 3, 50, alpha(WHITE, 0.8))
    c.gradient(444, 231, c.tone(STONE, 0.2), c.tone(SLATE))
    for i in range(7):
        c.rect(40 + i * 180, 612, 110, 7, alpha(WHITE, 0.7))
    c.rect(0, 476, 1200, 4, alpha(WARM, 0.8))
    plane(c, 250, 520, 1.0, 0)
    plane(c, 560, 190, 0.62, -0.2)


def plane(c, x, y, size, climb):
    """A jet seen from its right side; `climb` is the slope of its path."""

    def at(points):
        return [(x + px * size, y + (py + px * climb) * size) for px, py in points]

    white, blue = c.tone(WHITE), c.tone(BLUE)
    c.poly(at([(40, 4), (130, -34), (170, -34), (110, 6)]), c.tone(STONE))
    c.poly(at([(-10, -14), (-30, -92), (10, -92), (62, -18)]), blue)
    c.poly(at([(-8, -30), (-16, -58), (26, -58), (46, -30)]), c.tone(RED))
    c.poly(at([(0, -20), (30, -24), (390, -24), (440, -14), (462, 4), (440, 18), (390, 22), (90, 22), (30, 4)]), white)
    c.poly(at([(90, 22), (30, 4), (460, 4), (440, 18), (390, 22)]), c.tone(PALE))
    c.poly(at([(404, -18), (432, -12), (444, -4), (404, -4)]), c.tone(INK))
    for i in range(19):
        cx, cy = at([(84 + i * 15.5, -9)])[0]
        c.disc(cx, cy, 3.6 * size, blue)
    c.poly(at([(170, 8), (260, 8), (150, 92), (112, 92)]), c.tone(STONE))
    c.poly(at([(196, 40), (254, 40), (260, 50), (254, 62), (196, 62)]), blue)
    if not climb:
        for px in (190, 400):
            c.line([(x + px * size, y + 20 * size), (x + px * size, y + 66 * size)], c.tone(SLATE), 5)
            c.disc(x + px * size, y + 70 * size, 11, c.tone(INK))
