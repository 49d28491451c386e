"""A canvas for flat pictures: drawn at twice the size in plain coordinates, reduced once at the end."""

import io
import random
from dataclasses import dataclass

from PIL import Image, ImageColor, ImageDraw

SCALE = 2

INK = "#0a2553"
BLUE = "#0b3d91"
MID = "#3f6fb8"
SKY = "#9fc0e6"
PALE = "#e4edf6"
WHITE = "#fbfcfd"
PAPER = "#f5f1e8"
SAND = "#e3d8c5"
STONE = "#aeb7c2"
SLATE = "#5b6b82"
RED = "#c5432d"
WARM = "#f2b98f"
LEAF = "#4f8a83"
MOSS = "#2f6668"
GRASS = "#9fc2ae"


@dataclass(frozen=True)
class Mood:
    """The light of a picture: sky from top to horizon, the haze that distance mixes in, and the sun."""

    top: str
    horizon: str
    haze: str
    sun: str
    shade: float  # how much ink the near layers take, 0 at noon
    lit: str  # windows and lamps


MOODS = {
    "day": Mood("#6fa3de", "#edf4fa", "#dce8f4", "#ffffff", 0.0, "#dcebfa"),
    "morning": Mood("#a7c7ea", "#fdeedd", "#f1e9e2", "#fff6e6", 0.04, "#fff0d4"),
    "dusk": Mood("#24498f", "#f6c49d", "#dfb3a0", "#ffe0b8", 0.3, "#ffd9a0"),
    "night": Mood("#071b45", "#3c6cb4", "#2f5a9f", "#f3f6fb", 0.46, "#ffd58f"),
    "mist": Mood("#cfdce8", "#f7f5f0", "#eceff0", "#ffffff", 0.0, "#e9f1f8"),
}


def rgb(colour):
    return ImageColor.getrgb(colour)[:3] if isinstance(colour, str) else tuple(colour[:3])


def mix(one, other, share):
    """The colour on the way from `one` (share 0) to `other` (share 1)."""
    pairs = zip(rgb(one), rgb(other), strict=True)
    return tuple(round(a + (b - a) * share) for a, b in pairs)


def alpha(colour, opacity):
    return (*rgb(colour), round(255 * opacity))


class Canvas:
    def __init__(self, width, height, mood="day", seed="", clear=False):
        self.width, self.height = width, height
        self.mood = MOODS[mood]
        self.random = random.Random(seed)  # noqa: S311 - the same picture every time is the point
        size = (width * SCALE, height * SCALE)
        if clear:  # blue beneath, so that the smoothed edge of a blue sign has no fringe
            self.image = Image.new("RGBA", size, alpha(BLUE, 0))
        else:
            self.image = Image.new("RGB", size, rgb("#ffffff"))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def tone(self, colour, distance=0.0):
        """The colour of a thing in this light: near things darken towards ink, far ones dissolve into haze."""
        shaded = mix(colour, INK, self.mood.shade)
        return mix(shaded, self.mood.haze, distance)

    def poly(self, points, fill):
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def rect(self, x, y, width, height, fill, radius=0):
        if width <= 0 or height <= 0:
            return
        box = [x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1]
        if box[2] < box[0] or box[3] < box[1]:
            return
        if radius:
            self.pen.rounded_rectangle(box, radius * SCALE, fill=fill)
        else:
            self.pen.rectangle(box, fill=fill)

    def oval(self, x, y, rx, ry, fill):
        self.pen.ellipse([(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE], fill=fill)

    def disc(self, x, y, radius, fill):
        self.oval(x, y, radius, radius, fill)

    def ring(self, x, y, radius, fill, width):
        box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self.pen.ellipse(box, outline=fill, width=round(width * SCALE))

    def line(self, points, fill, width=1.0):
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=fill, width=max(1, round(width * SCALE)), joint="curve")

    def arc(self, x, y, rx, ry, start, end, fill, width):
        box = [(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE]
        self.pen.arc(box, start, end, fill=fill, width=round(width * SCALE))

    def pie(self, x, y, radius, start, end, fill, flat=None):
        high = radius if flat is None else flat
        box = [(x - radius) * SCALE, (y - high) * SCALE, (x + radius) * SCALE, (y + high) * SCALE]
        self.pen.pieslice(box, start, end, fill=fill)

    def gradient(self, y, height, top, bottom, opacity=(1.0, 1.0), x=0, width=None):
        """Fill a band from one colour to another; opacities below 1 let what is beneath shine through."""
        width = self.width - x if width is None else width
        size = (round(width * SCALE), round(height * SCALE))
        steps = Image.new("RGBA", (1, 64))
        steps.putdata(
            [alpha(mix(top, bottom, i / 63), opacity[0] + (opacity[1] - opacity[0]) * i / 63) for i in range(64)]
        )
        band = steps.resize(size, Image.Resampling.BILINEAR)
        place = (round(x * SCALE), round(y * SCALE))
        if min(opacity) >= 1:
            self.image.paste(band.convert("RGB"), place)
        else:
            self.image.paste(band.convert("RGB"), place, band.getchannel("A"))

    def glow(self, x, y, radius, colour, strength):
        """A soft round light, strongest in the middle."""
        size = round(radius * 2 * SCALE)
        falloff = Image.radial_gradient("L").point(lambda v: round(max(0, 1 - v / 180) ** 2 * 255 * strength))
        mask = falloff.resize((size, size), Image.Resampling.BILINEAR)
        self.image.paste(rgb(colour), (round((x - radius) * SCALE), round((y - radius) * SCALE)), mask)

    def png(self, colours=None):
        picture = self.image.reduce(SCALE)
        if colours:
            picture = picture.quantize(colours)
        return _encoded(picture, "PNG", optimize=True)

    def jpeg(self):
        return _encoded(self.image.reduce(SCALE), "JPEG", quality=84, progressive=True, optimize=True)


def _encoded(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
