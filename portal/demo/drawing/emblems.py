"""Square signs: the site's emblem, emblems of the associations, two-dimensional codes."""

import io
import math

import segno

from .canvas import BLUE, INK, LEAF, MID, MOSS, RED, SKY, WARM, WHITE, Canvas, mix

SCHEMES = ((BLUE, RED, SKY), (MOSS, WARM, LEAF), (INK, RED, MID), (MID, INK, WARM))


TOOTH = ((-12, 111), (-8, 125), (8, 125), (12, 111))  # degrees from the tooth's middle, distance from the gear's


def point(x, y, radius, degrees):
    angle = math.radians(degrees)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def logo():
    """A gear whose upper half is a skyline at sunrise over the plots of a plan. Transparent around it."""
    c = Canvas(256, 256, clear=True)
    c.poly([point(128, 128, radius, i * 30 + turn) for i in range(12) for turn, radius in TOOTH], BLUE)
    c.disc(128, 128, 99, WHITE)
    c.disc(128, 128, 92, BLUE)
    c.pie(128, 152, 76, 180, 360, RED)
    for x, width, height in ((86, 18, 44), (108, 18, 70), (130, 20, 96), (154, 16, 56)):
        c.rect(x - 3, 152 - height - 3, width + 6, height + 3, BLUE)
        c.rect(x, 152 - height, width, height, WHITE)
    c.rect(40, 152, 176, 6, WHITE)
    for x, y, width, height in (
        (52, 166, 44, 14),
        (102, 166, 52, 14),
        (160, 166, 44, 14),
        (68, 186, 54, 12),
        (128, 186, 60, 12),
    ):
        c.rect(x, y, width, height, SKY)
    return c.png()


def association(number):
    """The emblem with this number, 1 upwards: a motif in one of the colour schemes."""
    c = Canvas(400, 400)
    again, motif = divmod(number - 1, len(MOTIFS))
    main, accent, soft = SCHEMES[(motif + 2 * again) % len(SCHEMES)]
    MOTIFS[motif](c, main, accent, soft)
    if again:
        c.ring(200, 200, 188, main, 5)
    return c.png(128)


def mountains(c, main, accent, soft):
    c.disc(200, 200, 150, mix(soft, WHITE, 0.75))
    c.disc(262, 134, 34, accent)
    c.poly([(66, 268), (150, 140), (214, 232), (246, 190), (334, 268)], soft)
    c.poly([(66, 268), (170, 188), (226, 244), (276, 216), (334, 268), (310, 304), (90, 304)], main)
    c.rect(104, 314, 192, 9, accent, radius=4)


def waves(c, main, accent, soft):
    c.disc(200, 200, 150, main)
    for row, colour in enumerate((soft, WHITE, soft)):
        y = 200 + row * 40
        crest = [(x, y - 18 * math.sin((x - 50 + row * 50) / 48)) for x in range(62 + row * 8, 339 - row * 8, 4)]
        c.line(crest, colour, 13)
    c.poly([(200, 78), (260, 170), (200, 170)], WHITE)
    c.poly([(190, 98), (190, 170), (146, 170)], accent)


def hexagons(c, main, accent, soft):
    spots = [(200, 200, main)]
    for i, colour in enumerate((soft, main, soft, main, soft, accent)):
        spots.append((*point(200, 200, 104, i * 60 - 90), colour))
    for x, y, colour in spots:
        c.poly([point(x, y, 56, degrees) for degrees in range(0, 360, 60)], colour)
    c.disc(200, 200, 22, WHITE)


def towers(c, main, accent, soft):
    for i, (height, colour) in enumerate(((110, soft), (170, main), (230, main), (150, soft))):
        x = 84 + i * 60
        c.poly([(x, 300), (x, 300 - height + 24), (x + 48, 300 - height), (x + 48, 300)], colour)
        for y in range(300 - height + 44, 290, 30):
            c.rect(x + 12, y, 24, 10, WHITE)
    c.arc(200, 292, 160, 46, 8, 172, accent, 13)


def petals(c, main, accent, soft):
    for i in range(8):
        sides = [point(200, 200, 100, i * 45 + turn) for turn in (-24, 24)]
        c.poly([point(200, 200, 38, i * 45), sides[0], point(200, 200, 158, i * 45), sides[1]], main if i % 2 else soft)
    c.disc(200, 200, 34, accent)
    c.disc(200, 200, 14, WHITE)


def squares(c, main, accent, soft):
    frame(c, 80, 80, 160, 34, main)
    frame(c, 160, 160, 160, 34, soft)
    c.rect(206, 160, 34, 34, main)
    c.disc(240, 240, 26, accent)


def frame(c, x, y, size, thick, colour):
    for dx, dy, width, height in (
        (0, 0, size, thick),
        (0, size - thick, size, thick),
        (0, 0, thick, size),
        (size - thick, 0, thick, size),
    ):
        c.rect(x + dx, y + dy, width, height, colour)


def arrows(c, main, accent, soft):
    for i, colour in enumerate((soft, main, accent)):
        y = 320 - i * 76
        c.poly([(80, y), (200, y - 90), (320, y), (320, y - 50), (200, y - 140), (80, y - 50)], colour)
    c.rect(140, 326, 120, 12, main, radius=6)


def arches(c, main, accent, soft):
    for x, colour in ((60, soft), (156, main), (252, soft)):
        c.pie(x + 44, 232, 60, 180, 360, colour)
        c.rect(x - 16, 231, 120, 62, colour)
        c.pie(x + 44, 244, 30, 180, 360, WHITE)
        c.rect(x + 14, 243, 60, 50, WHITE)
    c.rect(40, 294, 320, 14, main)
    c.rect(66, 320, 268, 9, accent, radius=4)
    c.disc(200, 122, 30, accent)


MOTIFS = (mountains, waves, hexagons, towers, petals, squares, arrows, arches)


def code(text):
    """A two-dimensional code of `text`, about 400 pixels wide."""
    symbol = segno.make(text, error="m", micro=False)
    out = io.BytesIO()
    symbol.save(out, kind="png", scale=400 // symbol.symbol_size(border=3)[0], border=3, dark=INK, light="#ffffff")
    return out.getvalue()
