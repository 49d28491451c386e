"""Scenes of learning and machines: laboratory, computers, circuits, training."""

from .canvas import BLUE, INK, LEAF, MID, PALE, RED, SAND, SKY, SLATE, STONE, WARM, WHITE, alpha, mix
from .scenery import grove, person, skyline


def laboratory(c):
    """A bench with glass and instruments before a wide window on the town."""
    c.gradient(0, 675, "#dfe8f2", "#f6f8fa")
    c.gradient(70, 290, c.mood.top, c.mood.horizon, x=90, width=1020)
    skyline(c, 360, 24, (40, 190), 0.6, (SKY, MID), left=100, right=1090)
    grove(c, 362, 30, 34, 0.4, left=96, right=1104)
    c.rect(0, 0, 90, 675, "#e6edf4")
    c.rect(1110, 0, 90, 675, "#e6edf4")
    for x in (84, 340, 596, 852, 1104):
        c.rect(x, 62, 12, 300, WHITE)
    c.rect(84, 60, 1032, 12, WHITE)
    c.rect(84, 360, 1032, 14, WHITE)
    c.rect(0, 374, 1200, 90, "#eaf0f5")
    c.rect(0, 466, 1200, 26, BLUE)
    c.rect(0, 460, 1200, 10, WHITE)
    c.gradient(492, 183, mix(PALE, STONE, 0.25), mix(PALE, STONE, 0.5))
    for x in range(30, 1200, 234):
        c.rect(x, 516, 214, 140, alpha(WHITE, 0.7), radius=4)
        c.rect(x + 84, 534, 46, 8, STONE, radius=4)
    microscope(c, 240, 460)
    flask(c, 470, 460, 1.1, MID)
    flask(c, 580, 460, 0.8, RED)
    tubes(c, 660, 460)
    screen(c, 890, 460)
    c.rect(380, 176, 6, 0, INK)
    c.line([(1050, 0), (1050, 90)], STONE, 3)
    c.pie(1050, 120, 58, 180, 360, BLUE)
    c.glow(1050, 150, 150, "#fff3d6", 0.5)


def microscope(c, x, base):
    c.rect(x - 80, base - 20, 160, 20, INK, radius=6)
    c.arc(x - 6, base - 120, 86, 104, 270, 90, SLATE, 26)
    c.rect(x - 76, base - 84, 104, 12, BLUE, radius=3)
    c.rect(x - 50, base - 90, 54, 5, WHITE)
    c.poly([(x - 62, base - 268), (x - 26, base - 282), (x + 16, base - 150), (x - 18, base - 138)], WHITE)
    c.poly([(x - 40, base - 276), (x - 26, base - 282), (x + 16, base - 150), (x + 2, base - 145)], alpha(INK, 0.14))
    c.poly([(x - 70, base - 290), (x - 24, base - 306), (x - 18, base - 284), (x - 64, base - 268)], BLUE)
    c.poly([(x - 16, base - 138), (x + 10, base - 148), (x + 16, base - 118), (x - 2, base - 112)], RED)
    c.disc(x + 76, base - 96, 18, STONE)


def flask(c, x, base, size, colour):
    c.poly(
        [
            (x - 14 * size, base - 150 * size),
            (x + 14 * size, base - 150 * size),
            (x + 14 * size, base - 96 * size),
            (x + 62 * size, base),
            (x - 62 * size, base),
            (x - 14 * size, base - 96 * size),
        ],
        alpha(WHITE, 0.75),
    )
    c.poly(
        [
            (x - 36 * size, base - 50 * size),
            (x + 36 * size, base - 50 * size),
            (x + 57 * size, base - 5),
            (x - 57 * size, base - 5),
        ],
        alpha(colour, 0.85),
    )
    c.rect(x - 20 * size, base - 158 * size, 40 * size, 12 * size, alpha(STONE, 0.9), radius=4)
    for dx, dy, radius in ((-14, 24, 5), (10, 34, 7), (22, 16, 4)):
        c.disc(x + dx * size, base - dy * size, radius * size, alpha(WHITE, 0.5))


def tubes(c, x, base):
    c.rect(x, base - 84, 170, 10, SLATE, radius=3)
    c.rect(x, base - 14, 170, 14, SLATE, radius=3)
    for i, colour in enumerate((BLUE, WARM, MID, LEAF, RED)):
        left, level = x + 14 + i * 31, 30 + (i * 17) % 40
        c.rect(left, base - 118, 19, 110, alpha(WHITE, 0.85), radius=9)
        c.rect(left + 2, base - 10 - level, 15, level, alpha(colour, 0.9), radius=7)


def screen(c, x, base):
    c.rect(x + 84, base - 40, 32, 40, SLATE)
    c.rect(x + 44, base - 10, 112, 10, INK, radius=4)
    c.rect(x, base - 196, 204, 160, INK, radius=8)
    c.rect(x + 9, base - 187, 186, 142, "#123a7a")
    points = [(x + 20 + i * 18, base - 90 - ((i * 37) % 60)) for i in range(10)]
    c.line(points, WARM, 3)
    for i in range(6):
        c.rect(x + 22 + i * 28, base - 56 - (20 + (i * 29) % 44) * 0.4, 14, (20 + (i * 29) % 44) * 0.4, alpha(SKY, 0.9))
    c.rect(x + 20, base - 178, 80, 8, alpha(WHITE, 0.7), radius=4)


def servers(c):
    """A corridor of cabinets that run to a bright end."""
    c.gradient(0, 675, "#061a40", "#0d2f6b")
    c.glow(600, 330, 420, "#6fa3de", 0.55)
    for side in (-1, 1):
        for i in range(8, 0, -1):
            near, far = 620 * (0.76 ** (i - 1)), 620 * (0.76**i)
            cabinet(c, side, near, far, i)
    for i in range(12):
        t = (i / 12) ** 2
        y = 430 + 245 * t
        c.line([(600 - 150 - 900 * t, y), (600 + 150 + 900 * t, y)], alpha(SKY, 0.16), 1.5)
    for x in range(-900, 2200, 200):
        c.line([(600 + (x - 600) * 0.1, 412), (x, 675)], alpha(SKY, 0.14), 1.5)
    for i in range(6):
        t = 0.76**i
        c.rect(600 - 130 * t, 330 - 320 * t, 260 * t, 9 * t, alpha("#eaf3ff", 0.8), radius=3)
    c.rect(556, 292, 88, 96, alpha("#d6e8ff", 0.9))
    c.rect(598, 292, 3, 96, alpha(BLUE, 0.5))


def cabinet(c, side, near, far, index):
    def x(distance):
        return 600 + side * distance

    def y(distance, part):
        return 330 + (part - 0.5) * distance * 1.12

    face = mix("#0f3478", "#7fb0ea", min(0.75, index * 0.09))
    c.poly([(x(near), y(near, 0.02)), (x(far), y(far, 0.02)), (x(far), y(far, 0.98)), (x(near), y(near, 0.98))], face)
    c.line([(x(near), y(near, 0.02)), (x(near), y(near, 0.98))], alpha(INK, 0.8), 3)
    for row in range(13):
        part = 0.07 + row * 0.068
        a, b = near * 0.97 + far * 0.03, near * 0.1 + far * 0.9
        c.poly(
            [(x(a), y(a, part)), (x(b), y(b, part)), (x(b), y(b, part + 0.045)), (x(a), y(a, part + 0.045))],
            alpha(INK, 0.45),
        )
        for slot in range(4):
            at = near + (far - near) * (0.2 + 0.1 * slot)
            if c.random.random() < 0.75:
                colour = c.random.choice((SKY, "#d6e8ff", "#d6e8ff", WARM, RED))
                c.disc(x(at), y(at, part + 0.023), max(0.8, 3.4 * at / 620), colour)


def chip(c):
    """A circuit seen from above: traces that lead into one large chip."""
    c.gradient(0, 675, "#0c3a86", "#082658")
    for i in range(26):
        for side in (-1, 1):
            trace(c, i, side)
    c.glow(600, 338, 330, "#7fb0ea", 0.35)
    for i in range(15):
        for x, y, w, h in ((442 + i * 22, 160, 9, 356), (422, 180 + i * 22, 356, 9)):
            c.rect(x, y, w, h, STONE)
    c.rect(444, 182, 312, 312, INK, radius=10)
    c.rect(470, 208, 260, 260, "#123f8f", radius=6)
    c.rect(500, 238, 200, 200, "#0b2f70", radius=4)
    for row in range(6):
        for column in range(6):
            fill = c.random.choice((MID, MID, SKY, BLUE, WARM))
            c.rect(512 + column * 30, 250 + row * 30, 25, 25, alpha(fill, 0.75), radius=2)
    c.disc(486, 224, 6, RED)
    c.poly([(470, 208), (730, 208), (470, 468)], alpha(WHITE, 0.06))


def trace(c, i, side):
    y = 338 + (i - 12.5) * 11.5
    bend = 30 + (13 - abs(i - 12.5)) * 17
    out = 338 + (i - 12.5) * 27
    start, turn = 600 + side * 178, 600 + side * (178 + bend)
    corner = turn + side * abs(out - y)
    colour = alpha(c.random.choice((SKY, SKY, MID, WARM)), 0.65)
    end = 600 + side * c.random.uniform(520, 640)
    c.line([(start, y), (turn, y), (corner, out), (end, out)], colour, 3)
    c.disc(end, out, 7, colour)
    c.disc(end, out, 3, "#0a3070")


def workshop(c):
    """Trainees around a machine with a screen, seen from behind."""
    c.gradient(0, 480, mix(PALE, SKY, 0.75), mix(PALE, SKY, 0.15))
    for i in range(8):
        c.rect(40 + i * 150, 40, 110, 150, alpha(WHITE, 0.8))
        c.rect(40 + i * 150, 112, 110, 4, alpha(STONE, 0.6))
    c.gradient(470, 205, "#cfd8e2", "#a9b5c4")
    c.rect(250, 190, 700, 290, c.tone(PALE), radius=10)
    c.rect(250, 190, 700, 54, c.tone(BLUE), radius=10)
    c.rect(250, 226, 700, 18, c.tone(BLUE))
    c.rect(290, 268, 390, 180, c.tone(INK), radius=6)
    c.rect(300, 278, 370, 160, "#2a5ba6")
    c.rect(440, 278, 60, 74, STONE)
    c.poly([(452, 352), (488, 352), (474, 390), (466, 390)], SLATE)
    c.rect(360, 404, 220, 20, STONE)
    c.glow(470, 398, 66, WARM, 0.95)
    c.rect(716, 268, 196, 120, INK, radius=6)
    for i in range(6):
        c.rect(730, 282 + i * 16, 60 + (i * 43) % 110, 7, alpha(SKY if i % 3 else WARM, 0.9), radius=3)
    for i in range(8):
        c.disc(732 + i * 23, 418, 7, RED if i == 0 else STONE)
    for x, size, colour in ((170, 190, MID), (1040, 200, BLUE), (380, 210, BLUE), (620, 200, SLATE), (840, 214, MID)):
        person(c, x, 640, size, colour)
        helmet = RED if x == 620 else mix(WARM, SAND, 0.4)
        c.pie(x, 640 - size * 0.88, size * 0.245, 180, 360, helmet)
        c.rect(x - size * 0.28, 640 - size * 0.89, size * 0.56, size * 0.04, helmet, radius=3)
