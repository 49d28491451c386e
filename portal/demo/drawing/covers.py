"""Covers of the magazine: a scene on the whole page, the masthead above it in the sky."""

from functools import cache
from pathlib import Path

from PIL import Image, ImageFont

from .canvas import BLUE, INK, PAPER, RED, SCALE, WHITE, Canvas, alpha

WIDTH, HEIGHT = 800, 1131
SCENE_TOP = 330
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
FACES = (
    "NotoSerifCJK-Bold.ttc", "NotoSerifCJKsc-Bold.otf", "SourceHanSerifSC-Bold.otf", "Songti.ttc", "simsun.ttc",
    "NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "wqy-microhei.ttc", "PingFang.ttc", "msyh.ttc",
)  # fmt: skip


def cover(scene, mood, year, number, headline):
    """The cover of issue `number` of `year`. Without a Chinese font on the machine, bars stand for the words."""
    below = Canvas(1200, 675, mood=mood, seed=f"cover-{year}-{number}")
    scene(below)
    c = Canvas(WIDTH, HEIGHT, mood=mood)
    high = (HEIGHT - SCENE_TOP) * SCALE
    wide = round(1200 / 675 * high)
    landscape = below.image.resize((wide, high), Image.Resampling.LANCZOS)
    left = (wide - WIDTH * SCALE) // 2
    c.image.paste(landscape.crop((left, 0, left + WIDTH * SCALE, high)), (0, SCENE_TOP * SCALE))
    sky = below.image.getpixel((600, 2))
    c.gradient(0, SCENE_TOP, BLUE, sky)
    c.gradient(SCENE_TOP, 140, sky, sky, (1.0, 0.0))
    c.gradient(HEIGHT - 230, 230, INK, INK, (0.0, 0.86))
    c.rect(56, 64, 8, 150, RED)
    write(c, 88, 44, "中国开发区", 124, WHITE)
    write(c, 92, 206, "CHINA DEVELOPMENT ZONES", 25, alpha(WHITE, 0.9))
    write(c, 56, 1000, headline, 36, WHITE)
    c.rect(56, 1062, 688, 2, alpha(WHITE, 0.5))
    write(c, 56, 1076, f"{year}年第{number}期", 24, PAPER)
    write(c, 610, 1076, "演示用封面", 24, PAPER)
    return c.jpeg()


def write(c, x, y, text, size, fill):
    face = typeface(size)
    if face:
        c.pen.text((x * SCALE, y * SCALE), text, font=face, fill=fill)
        return
    width = sum(size if ord(character) > 0x2E80 else size * 0.6 for character in text)
    c.rect(x, y + size * 0.3, width, size * 0.7, fill, radius=size * 0.1)


@cache
def typeface(size):
    path = typeface_path()
    return ImageFont.truetype(path, size * SCALE, index=_simplified(path)) if path else None


@cache
def typeface_path():
    for face in FACES:
        for folder in map(Path, FOLDERS):
            found = next(folder.rglob(face), None) if folder.is_dir() else None
            if found:
                return str(found)
    return None


def _simplified(path):
    """The index of the face with mainland shapes in a collection; the first one where none says so."""
    if not path.endswith(".ttc"):
        return 0
    for index in range(12):
        try:
            family = ImageFont.truetype(path, 12, index=index).getname()[0]
        except OSError:
            break
        if family.endswith(" SC"):
            return index
    return 0
