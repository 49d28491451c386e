"""Scenes of work: plants, ports, stores."""

from .canvas import BLUE, GRASS, INK, MID, PALE, RED, SAND, SKY, SLATE, STONE, WARM, WHITE, alpha, mix
from .scenery import grove, hills, lawn, sky, skyline, tree, truck, water


def factory(c):
    """Saw-tooth roofs in two depths, lawns and trees in front of them."""
    sky(c, 420, sun=(240, 160, 48))
    hills(c, 422, 120, c.tone(SKY, 0.6), 1.6, 0.4)
    skyline(c, 424, 30, (20, 80), 0.6, (SKY, MID))
    saw_roofs(c, 80, 424, 7, 96, 74, 0.42)
    saw_roofs(c, 640, 424, 6, 96, 90, 0.4)
    lawn(c, 420)
    grove(c, 440, 44, 38, 0.3)
    saw_roofs(c, 150, 550, 6, 152, 150, 0.04)
    c.rect(60, 480, 96, 70, c.tone(PALE))
    c.rect(60, 470, 96, 12, c.tone(RED))
    for i in range(4):
        c.rect(70 + i * 21, 496, 15, 20, c.tone(BLUE))
    c.rect(0, 548, 1200, 30, c.tone(STONE))
    c.rect(0, 574, 1200, 101, c.tone(SLATE))
    for x in range(-20, 1200, 110):
        c.rect(x, 624, 60, 5, alpha(WHITE, 0.7))
    truck(c, 250, 616, 120)
    truck(c, 830, 668, 150, BLUE)
    grove(c, 560, 9, 74, left=1060, right=1200)
    tree(c, 30, 570, 110)


def saw_roofs(c, left, base, count, span, height, distance):
    for i in range(count):
        x = left + i * span
        c.rect(x, base - height, span, height, c.tone(PALE, distance))
        c.poly(
            [(x, base - height + 1), (x, base - height * 1.5), (x + span, base - height + 1)], c.tone(BLUE, distance)
        )
        c.poly(
            [
                (x, base - height * 1.44),
                (x, base - height),
                (x + span * 0.12, base - height),
                (x + span * 0.12, base - height * 1.36),
            ],
            c.tone(SKY, distance),
        )
        for j in range(3):
            c.rect(
                x + span * (0.12 + 0.28 * j),
                base - height * 0.72,
                span * 0.2,
                height * 0.2,
                c.tone(MID, distance + 0.05),
            )
        c.rect(x + span * 0.3, base - height * 0.36, span * 0.4, height * 0.36, c.tone(STONE, distance))
        c.rect(x, base - height * 0.05, span, height * 0.05, c.tone(SLATE, distance))


def harbour(c):
    """Gantry cranes over a ship laden with boxes."""
    sky(c, 400, sun=(930, 300, 64))
    hills(c, 402, 90, c.tone(SKY, 0.6), 1.1, 2.6)
    skyline(c, 404, 40, (10, 70), 0.65, (SKY, MID))
    for x in (120, 470, 820):
        crane(c, x, 400, 0.55, 0.5)
    water(c, 402)
    c.rect(0, 486, 520, 24, c.tone(STONE))
    c.rect(0, 508, 520, 40, c.tone(SLATE))
    boxes(c, 20, 486, 10, 4, 46, 24)
    crane(c, 130, 486, 1.0, 0.06)
    crane(c, 330, 486, 1.0, 0.02)
    hull = [(470, 520), (1180, 520), (1140, 606), (560, 606), (520, 590)]
    c.poly(hull, c.tone(INK))
    c.poly([(535, 590), (1148, 590), (1140, 606), (560, 606)], c.tone(RED))
    boxes(c, 600, 520, 9, 4, 46, 26)
    c.rect(1046, 400, 92, 120, c.tone(WHITE))
    c.rect(1036, 388, 112, 16, c.tone(PALE))
    for row in range(4):
        for i in range(4):
            c.rect(1056 + i * 20, 414 + row * 25, 12, 11, c.tone(BLUE))
    c.rect(1080, 350, 36, 40, c.tone(BLUE))
    c.rect(1080, 360, 36, 8, c.tone(RED))
    for y, width in ((612, 640), (630, 500), (652, 300)):
        c.rect(860 - width / 2, y, width, 3, alpha(WHITE, 0.3), radius=1)


def crane(c, x, base, size, distance):
    """A quay crane, its boom out over the water to the right."""
    steel, shade = c.tone(BLUE, distance), c.tone(INK, distance)
    width = 7 * size
    for dx in (0, 96):
        c.line([(x + dx * size, base), (x + dx * size, base - 230 * size)], steel, width)
    c.line([(x, base), (x + 96 * size, base - 120 * size)], steel, width * 0.5)
    c.line([(x, base - 120 * size), (x + 96 * size, base - 120 * size)], steel, width * 0.8)
    c.line(
        [(x - 70 * size, base - 226 * size), (x + 330 * size, base - 226 * size)], c.tone(RED, distance), width * 1.2
    )
    c.line([(x + 48 * size, base - 226 * size), (x + 48 * size, base - 310 * size)], steel, width)
    for dx in (-66, 200, 320):
        c.line([(x + 48 * size, base - 308 * size), (x + dx * size, base - 230 * size)], shade, width * 0.3)
    c.rect(x + 10 * size, base - 256 * size, 50 * size, 30 * size, c.tone(PALE, distance))
    c.line([(x + 210 * size, base - 226 * size), (x + 210 * size, base - 130 * size)], shade, width * 0.25)
    c.rect(x + 186 * size, base - 132 * size, 48 * size, 24 * size, c.tone(WARM, distance))


def boxes(c, left, base, columns, rows, width, height):
    """A stack of containers, lower at the ends."""
    for column in range(columns):
        limit = rows - (1 if column in (0, columns - 1) else c.random.choice((0, 0, 1)))
        for row in range(limit):
            x, y = left + column * width, base - (row + 1) * height
            c.rect(
                x + 1, y + 1, width - 2, height - 2, c.tone(c.random.choice((BLUE, MID, SKY, RED, WARM, SLATE, PALE)))
            )
            for i in range(1, 6):
                c.rect(x + i * width / 6, y + 4, 1.5, height - 8, alpha(INK, 0.12))


def bonded(c):
    """A customs zone: a long warehouse with docks, lorries, stacks and a gate."""
    sky(c, 390, sun=(1010, 140, 44))
    hills(c, 392, 110, c.tone(SKY, 0.58), 1.5, 5.2)
    skyline(c, 394, 26, (30, 120), 0.58, (SKY, MID))
    lawn(c, 390, STONE)
    c.rect(90, 286, 800, 170, c.tone(PALE, 0.08))
    c.poly([(70, 288), (910, 288), (880, 250), (110, 250)], c.tone(BLUE, 0.08))
    c.rect(90, 300, 800, 16, c.tone(RED, 0.08))
    for i in range(9):
        c.rect(116 + i * 86, 360, 56, 96, c.tone(STONE, 0.05))
        for j in range(6):
            c.rect(116 + i * 86, 368 + j * 14, 56, 2, alpha(INK, 0.13))
        c.rect(122 + i * 86, 338, 44, 12, c.tone(BLUE, 0.1), radius=2)
    boxes(c, 930, 456, 6, 5, 46, 25)
    c.gradient(456, 219, c.tone(STONE, 0.1), c.tone(SLATE))
    for x in (140, 400, 660):
        c.poly([(x, 462), (x + 110, 462), (x + 60, 675), (x - 110, 675)], alpha(WHITE, 0.08))
    truck(c, 150, 560, 150)
    truck(c, 520, 536, 120, BLUE)
    truck(c, 690, 656, 210, MID)
    c.rect(1000, 500, 200, 16, c.tone(BLUE))
    c.rect(1000, 514, 200, 5, c.tone(RED))
    for x in (1012, 1176):
        c.rect(x, 519, 12, 92, c.tone(WHITE))
    c.rect(1080, 548, 46, 64, c.tone(PALE), radius=4)
    c.rect(1086, 556, 34, 24, c.tone(INK), radius=2)


def robots(c):
    """A hall with orange and blue arms over car bodies on a line."""
    c.gradient(0, 470, mix(PALE, MID, 0.18), WHITE)
    for i in range(9):
        x = i * 150 - 20
        c.poly([(x, 0), (x + 70, 0), (600 + (x - 560) * 0.45, 250), (600 + (x - 590) * 0.45, 250)], alpha(WHITE, 0.55))
    for i in range(13):
        c.rect(i * 98 - 10, 110, 62, 120, alpha(mix(SKY, WHITE, 0.2), 0.75))
        c.rect(i * 98 + 52, 90, 10, 330, alpha(STONE, 0.5))
    c.rect(0, 64, 1200, 12, alpha(BLUE, 0.35))
    c.gradient(420, 255, "#d3dbe4", mix(SLATE, STONE, 0.6))
    for x in (60, 400, 740, 1080):
        arm(c, x, 430, 0.62, 0.42, -1)
    for x in (-60, 280, 620, 960):
        car_body(c, x, 408, 0.62, 0.45)
    c.rect(0, 424, 1200, 12, c.tone(SLATE, 0.3))
    c.rect(0, 566, 1200, 20, c.tone(INK))
    c.rect(0, 560, 1200, 8, c.tone(WARM))
    for i, x in enumerate((-120, 330, 780)):
        car_body(c, x, 556, 1.1, 0.0, (MID, RED, BLUE)[i])
    for x, turn in ((262, 1), (700, -1), (1130, -1)):
        arm(c, x, 600, 1.15, 0.0, turn)
    for x, y in ((352, 388), (592, 388)):
        c.glow(x, y, 70, WARM, 0.9)
        c.disc(x, y, 5, WHITE)


def arm(c, x, base, size, distance, turn):
    """A jointed arm that reaches to the right (turn 1) or left (-1)."""
    orange, dark = c.tone(mix(RED, WARM, 0.35), distance), c.tone(INK, distance)
    elbow, wrist = (x - turn * 34 * size, base - 190 * size), (x + turn * 78 * size, base - 236 * size)
    tip = (x + turn * 96 * size, base - 176 * size)
    c.rect(x - 46 * size, base - 30 * size, 92 * size, 30 * size, dark, radius=5)
    c.rect(x - 28 * size, base - 64 * size, 56 * size, 40 * size, c.tone(SLATE, distance), radius=8)
    c.line([(x, base - 60 * size), elbow], orange, 34 * size)
    c.line([elbow, wrist], orange, 25 * size)
    c.line([wrist, tip], c.tone(SLATE, distance), 14 * size)
    for (jx, jy), radius in (((x, base - 62 * size), 25), (elbow, 24), (wrist, 17)):
        c.disc(jx, jy, radius * size, dark)
        c.disc(jx, jy, radius * size * 0.5, c.tone(PALE, distance))
    c.poly(
        [(tip[0] - 12 * size, tip[1]), (tip[0] + 12 * size, tip[1]), (tip[0] + turn * 4 * size, tip[1] + 34 * size)],
        dark,
    )


def car_body(c, x, base, size, distance, colour=STONE):
    def at(points):
        return [(x + px * size, base - py * size) for px, py in points]

    c.poly(
        at([(0, 26), (8, 74), (70, 86), (118, 132), (236, 134), (300, 84), (344, 70), (350, 26)]),
        c.tone(colour, distance),
    )
    c.poly(at([(88, 86), (126, 122), (178, 122), (178, 86)]), c.tone(PALE, distance))
    c.poly(at([(188, 86), (188, 122), (230, 122), (276, 86)]), c.tone(PALE, distance))
    c.rect(x + 4 * size, base - 40 * size, 342 * size, 6 * size, alpha(WHITE, 0.25))
    for wheel in (72, 276):
        c.disc(x + wheel * size, base - 24 * size, 32 * size, c.tone(INK, distance))
        c.disc(x + wheel * size, base - 24 * size, 15 * size, c.tone(STONE, distance))


def tanks(c):
    """Spheres, columns and pipes of a materials plant, green belt in front."""
    sky(c, 430, sun=(200, 220, 52))
    hills(c, 432, 150, c.tone(SKY, 0.58), 1.3, 3.4)
    lawn(c, 428)
    for x, height, width in ((520, 270, 44), (590, 350, 52), (668, 300, 40), (1010, 240, 40)):
        c.rect(x, 440 - height, width, height, c.tone(PALE, 0.15), radius=width / 2)
        c.rect(x + width * 0.62, 452 - height, width * 0.38, height - 14, alpha(INK, 0.1))
        for y in range(int(470 - height), 430, 46):
            c.rect(x - 4, y, width + 8, 5, c.tone(MID, 0.15))
    for y in (330, 372):
        c.rect(440, y, 640, 9, c.tone(STONE, 0.12))
        c.rect(440, y + 14, 640, 6, c.tone(RED if y == 330 else BLUE, 0.12))
    for x in range(450, 1090, 70):
        c.rect(x, 330, 5, 112, c.tone(SLATE, 0.2))
    for x, radius in ((200, 92), (390, 74), (850, 84)):
        for leg in (-0.7, -0.25, 0.25, 0.7):
            c.rect(x + leg * radius - 3, 480 - radius, 6, radius + 2, c.tone(SLATE, 0.05))
        c.disc(x, 470 - radius, radius, c.tone(WHITE, 0.04))
        c.pie(x, 470 - radius, radius, -60, 120, alpha(INK, 0.08))
        c.rect(x - radius, 464 - radius, radius * 2, 9, c.tone(BLUE, 0.05))
    c.rect(0, 478, 1200, 14, c.tone(SAND))
    grove(c, 520, 26, 66, 0.08)
    c.poly([(0, 675), (0, 560), (500, 530), (1200, 580), (1200, 675)], c.tone(GRASS))
    grove(c, 640, 9, 130, left=-20, right=420)
    grove(c, 660, 7, 140, left=860, right=1220)
