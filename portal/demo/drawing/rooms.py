"""Scenes inside: halls, counters, tables, shows."""

from .canvas import BLUE, GRASS, INK, LEAF, MID, PALE, PAPER, RED, SAND, SKY, SLATE, STONE, WARM, WHITE, alpha, mix
from .scenery import grove, person, skyline


def hall(c):
    """A conference hall: stage with a wide screen, rows of listeners seen from behind."""
    c.gradient(0, 675, "#0c2f6e", "#123f8a")
    for i in range(12):
        x = i * 100
        c.rect(x + 6, 60, 88, 330, alpha(WHITE, 0.05))
        c.gradient(20, 150, "#ffe9c4", "#ffe9c4", (0.42, 0.0), x=x + 38, width=24)
    for i in range(5):
        c.rect(150 + i * 190, 18, 140, 8, alpha("#fff1d6", 0.9), radius=4)
    c.rect(230, 96, 740, 250, INK)
    c.gradient(104, 234, "#e9f1fa", "#c9dcf0", x=238, width=724)
    skyline(c, 338, 26, (20, 120), 0.62, (SKY, MID), left=252, right=950)
    c.rect(238, 104, 724, 44, BLUE)
    c.rect(330, 118, 540, 14, alpha(WHITE, 0.9), radius=7)
    c.rect(238, 332, 724, 6, RED)
    c.poly([(150, 400), (1050, 400), (1100, 440), (100, 440)], SAND)
    c.rect(100, 440, 1000, 20, mix(SAND, SLATE, 0.4))
    c.glow(600, 380, 360, "#fff1d6", 0.35)
    podium(c, 330, 404)
    for x in (560, 660, 760, 860):
        person(c, x, 378, 46, INK, "front")
    c.rect(520, 366, 390, 38, BLUE)
    c.rect(520, 362, 390, 7, PAPER)
    for row in range(4):
        y, size, step = 492 + row * 58, 58 + row * 24, 62 + row * 22
        shade = mix("#2d5ea8", INK, 0.25 + row * 0.25)
        for i in range(int(1300 / step)):
            x = -30 + i * step + (row % 2) * step / 2
            c.disc(x, y - size * 0.42, size * 0.2, mix(shade, INK, 0.35))
            c.rect(x - size * 0.38, y - size * 0.2, size * 0.76, size, shade, radius=size * 0.2)


def podium(c, x, base):
    person(c, x, base - 50, 62, BLUE, "front")
    c.rect(x - 4, base - 84, 8, 30, RED)
    c.poly([(x - 44, base - 62), (x + 44, base - 62), (x + 32, base + 4), (x - 32, base + 4)], mix(RED, INK, 0.25))
    c.rect(x - 52, base - 70, 104, 12, mix(WARM, SAND, 0.5), radius=3)
    c.line([(x + 20, base - 68), (x + 10, base - 92)], STONE, 2)


def lecture(c):
    """A class by a window wall: desks in rows, a teacher, charts on the screen."""
    c.gradient(0, 675, "#f3f6f9", "#e2e9f0")
    c.gradient(60, 300, c.mood.top, c.mood.horizon, x=0, width=330)
    skyline(c, 360, 9, (40, 190), 0.5, (SKY, MID), left=0, right=318)
    grove(c, 362, 9, 44, 0.3, left=0, right=330)
    for x in (100, 214, 326):
        c.rect(x, 52, 10, 316, WHITE)
    c.rect(0, 364, 336, 12, WHITE)
    c.rect(400, 70, 560, 280, INK, radius=6)
    c.rect(410, 80, 540, 260, WHITE)
    c.rect(410, 80, 540, 40, BLUE)
    c.rect(440, 93, 240, 13, alpha(WHITE, 0.9), radius=6)
    for i in range(7):
        height = 40 + (i * 53) % 100 + i * 8
        c.rect(450 + i * 44, 318 - height, 26, height, RED if i == 6 else (BLUE, MID, SKY)[i % 3])
    c.ring(860, 230, 56, SKY, 20)
    c.arc(860, 230, 56, 56, -90, 40, RED, 20)
    for i in range(3):
        c.rect(800, 144 + i * 12, 110 - i * 26, 5, STONE, radius=2)
    c.rect(1004, 260, 52, 150, INK, radius=14)
    person(c, 1030, 300, 96, BLUE, "front")
    c.line([(1000, 300), (940, 240)], BLUE, 15)
    c.disc(938, 238, 10, WARM)
    c.gradient(400, 275, "#d8e0e8", "#bcc8d5")
    for row, (y, size, step) in enumerate(((470, 74, 148), (556, 96, 190), (660, 126, 246))):
        for i in range(int(1300 / step) + 1):
            x = 30 + i * step - row * 50
            person(c, x, y, size, (BLUE, SLATE, MID, RED, INK)[(i * 2 + row) % 5])
            c.rect(x - step * 0.4, y + size * 0.02, step * 0.8, size * 0.12, mix(SAND, WHITE, 0.3), radius=4)
            c.rect(x - step * 0.4, y + size * 0.13, step * 0.8, size * 0.5, mix(SAND, STONE, 0.25))


def counters(c):
    """A service hall: counters under signs, visitors, a tall plant."""
    c.gradient(0, 675, "#e9eff6", "#f8f7f3")
    for i in range(7):
        c.poly([(i * 190 - 40, 0), (i * 190 + 60, 0), (i * 180 + 70, 60), (i * 180 - 10, 60)], alpha(WHITE, 0.9))
    c.rect(0, 60, 1200, 12, STONE)
    c.rect(0, 110, 1200, 62, BLUE)
    c.rect(420, 130, 360, 20, alpha(WHITE, 0.92), radius=10)
    c.rect(0, 172, 1200, 6, RED)
    c.rect(0, 178, 1200, 240, mix(PALE, WHITE, 0.4))
    for i in range(5):
        x = 60 + i * 232
        c.rect(x, 206, 152, 34, INK, radius=4)
        c.rect(x + 16, 218, 84, 10, alpha(SKY, 0.95), radius=5)
        c.disc(x + 128, 223, 8, WARM if i % 2 else RED)
        person(c, x + 76, 344, 92, BLUE, "front")
        c.rect(x - 4, 330, 60, 44, SLATE, radius=4)
        c.rect(x + 98, 300, 3, 70, alpha(STONE, 0.7))
    c.rect(0, 370, 1200, 16, PAPER)
    c.rect(0, 386, 1200, 90, mix(BLUE, WHITE, 0.12))
    for i in range(5):
        c.rect(50 + i * 232, 400, 172, 62, alpha(WHITE, 0.12), radius=4)
    c.gradient(476, 199, "#e6e3dc", "#cfd3d8")
    for x in range(-300, 1600, 150):
        c.line([(600 + (x - 600) * 0.72, 476), (x, 675)], alpha(STONE, 0.5), 1.5)
    for x, y, size, colour in (
        (210, 560, 130, SLATE),
        (300, 566, 124, RED),
        (660, 550, 134, MID),
        (1010, 560, 128, INK),
    ):
        visitor(c, x, y, size, colour)
    plant(c, 1130, 640)
    plant(c, 60, 650)


def visitor(c, x, y, size, colour):
    c.oval(x, y + size * 0.86, size * 0.34, size * 0.06, alpha(INK, 0.18))
    c.rect(x - size * 0.22, y + size * 0.2, size * 0.44, size * 0.66, INK, radius=size * 0.08)
    person(c, x, y, size, colour)


def plant(c, x, base):
    for dx, dy in ((-50, -120), (-30, -170), (0, -190), (32, -166), (54, -116), (-64, -74), (66, -70)):
        c.line([(x, base - 60), (x + dx * 0.5, base - 60 + dy * 0.62), (x + dx, base - 60 + dy)], LEAF, 9)
        c.oval(x + dx, base - 60 + dy, 15, 26, mix(LEAF, GRASS, 0.3))
    c.poly([(x - 38, base - 66), (x + 38, base - 66), (x + 28, base), (x - 28, base)], WHITE)
    c.poly([(x - 38, base - 66), (x + 38, base - 66), (x + 36, base - 54), (x - 36, base - 54)], RED)


def table(c):
    """Talks at a long table, a landscape painting on the wall."""
    c.gradient(0, 675, "#f4efe4", "#e7ddcb")
    for x in (0, 1100):
        c.rect(x, 0, 100, 470, mix(SAND, SLATE, 0.12))
        c.rect(x + 14, 0, 72, 470, mix(SAND, WHITE, 0.25))
    c.rect(216, 54, 768, 236, mix(INK, SAND, 0.2))
    c.gradient(66, 212, "#dbe6ef", "#f6efe2", x=228, width=744)
    for base, height, colour, left in (
        (278, 150, SKY, 240),
        (278, 110, mix(MID, PALE, 0.3), 380),
        (278, 80, mix(BLUE, PALE, 0.25), 470),
    ):
        for i in range(4):
            x = left + i * 110
            c.poly([(x, base), (x + 78, base - height * (1 - 0.14 * i)), (x + 160, base)], colour)
    c.disc(866, 116, 24, RED)
    c.glow(600, 170, 420, "#fff5df", 0.25)
    for i in range(7):
        x = 240 + i * 120
        c.rect(x - 38, 300, 76, 120, mix(RED, INK, 0.45), radius=14)
        person(c, x, 392, 96, INK if i % 2 else BLUE, "front")
    c.poly([(150, 410), (1050, 410), (1200, 560), (0, 560)], mix(WARM, SAND, 0.35))
    c.poly([(260, 430), (940, 430), (1010, 520), (190, 520)], mix(WARM, SAND, 0.7))
    c.rect(0, 560, 1200, 115, mix(BLUE, INK, 0.5))
    c.rect(0, 556, 1200, 9, mix(SAND, WHITE, 0.3))
    for i in range(7):
        place(c, 240 + i * 120)
    for i in range(11):
        x = 420 + i * 36
        c.disc(x, 476 + (i % 2) * 9, 20, LEAF if i % 2 else mix(LEAF, GRASS, 0.4))
        c.disc(x, 468 + (i % 2) * 9, 8, RED if i % 3 == 0 else WHITE)


def place(c, x):
    """Papers, a cup and a name plate."""
    c.rect(x - 26, 412, 46, 22, WHITE)
    c.rect(x + 28, 398, 13, 26, PALE, radius=4)
    c.poly([(x - 22, 410), (x + 16, 410), (x + 12, 398), (x - 18, 398)], RED)


def show(c):
    """An exhibition: stands with arches, a model of the city, visitors."""
    c.gradient(0, 675, "#0d3273", "#2b61b0")
    for i in range(9):
        c.line([(i * 150, 0), (600 + (i * 150 - 600) * 0.4, 150)], alpha(SKY, 0.35), 3)
    for y, inset in ((30, 0), (84, 90), (126, 180)):
        c.line([(inset, y), (1200 - inset, y)], alpha(SKY, 0.35), 3)
    for x in (200, 400, 600, 800, 1000):
        c.glow(x, 70, 120, "#eaf3ff", 0.55)
        c.disc(x, 66, 7, WHITE)
    for i, (x, colour) in enumerate(((40, RED), (330, WHITE), (640, WHITE), (930, RED))):
        booth(c, x, 470, 240, colour, i)
    c.gradient(470, 205, "#b9cbe2", "#dfe7f0")
    c.poly([(360, 520), (840, 520), (910, 600), (290, 600)], WHITE)
    c.rect(290, 600, 620, 44, BLUE)
    c.rect(290, 598, 620, 6, RED)
    skyline(c, 566, 16, (20, 90), 0.15, (MID, BLUE, SKY), left=390, right=810)
    grove(c, 572, 22, 20, 0.05, left=370, right=830)
    for x, y, size, colour in (
        (140, 590, 130, INK),
        (240, 600, 118, SLATE),
        (980, 584, 134, INK),
        (1080, 600, 120, RED),
    ):
        c.rect(x - size * 0.22, y + size * 0.2, size * 0.44, size * 0.6, mix(INK, BLUE, 0.2), radius=8)
        person(c, x, y, size, colour)


def booth(c, x, base, width, colour, index):
    c.rect(x, base - 250, width, 250, mix(PALE, WHITE, 0.4))
    c.rect(x, base - 280, width, 56, BLUE if colour == WHITE else RED)
    c.rect(x + 40, base - 260, width - 80, 14, alpha(WHITE, 0.92), radius=7)
    c.rect(x + 20, base - 200, width * 0.5, 100, INK, radius=4)
    for i in range(5):
        height = 16 + ((i + index) * 31) % 56
        c.rect(x + 34 + i * 20, base - 112 - height, 11, height, SKY if i % 2 else WARM)
    for i in range(4):
        c.rect(x + width * 0.68, base - 196 + i * 26, width * 0.24, 8, STONE, radius=4)
    c.rect(x + 20, base - 60, width - 40, 60, mix(SKY, WHITE, 0.35), radius=4)
    c.rect(x + 14, base - 66, width - 28, 8, WHITE)
