"""Uploaded pictures: checked by decoding, re-encoded, stored under names of our own.

Nothing of an uploaded file is believed: not its name, its type or its announced size. Re-encoding drops what rides
along (position in EXIF, comments, scripts behind the image data). One decoder per allowed format, a limit on pixels
before decoding, random names.
"""

import hashlib
import io
import uuid
from dataclasses import dataclass, field
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageOps

FORMATS = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}
NAMES = {"JPEG": (".jpg", ".jpeg", ".jfif"), "PNG": (".png",), "GIF": (".gif",), "WEBP": (".webp",)}
WIDTHS = (320, 640, 1200)  # pixels of the smaller versions
WEBP_SIDE_MAX = 16_383  # pixels; a limit of the format
FRAMES_MAX = 200
PROFILE_MAX = 10_000  # bytes of an ICC profile; those of screens and cameras have 500 to 4,000


@dataclass(frozen=True)
class Checked:
    data: bytes
    extension: str
    width: int
    height: int
    title: str
    sha256: str  # of the file as it was sent: the same upload is recognised
    content: str  # digest of what is left after re-encoding: the same picture with other words riding along
    sent: bytes = field(repr=False, default=b"")  # the upload itself, for the private copy


def check(file):
    """Decode `file` (a file object with name and size) and return it re-encoded as a Checked.

    Raises ValidationError with a message for people: too large, too many pixels, not a picture of an allowed format,
    broken, or an extension that does not match the content.
    """
    if file.size > settings.PICTURE_MAX:
        raise ValidationError(f"图片太大，最多 {settings.PICTURE_MAX // 1_000_000} MB。", code="too_large")
    sent = file.read()
    image = _open(sent)
    kind = _kind(image)
    extension = PurePath(file.name or "").suffix.lower()
    if extension not in NAMES[kind]:
        raise ValidationError(
            f"文件的内容是 {kind} 图片，与扩展名“{extension[:10]}”不符。把扩展名改成 {FORMATS[kind]} 后可以上传。",
            code="extension",
        )
    try:
        data = _encode(image, kind)
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:  # Pillow's decoders raise what they like on broken data
        raise ValidationError("图片已损坏，无法读取。", code="broken") from error
    width, height = Image.open(io.BytesIO(data), formats=[kind]).size  # a photograph may have been turned
    name = PurePath(file.name).stem[:100]
    digest, content = hashlib.sha256(sent).hexdigest(), hashlib.sha256(data).hexdigest()
    return Checked(data, FORMATS[kind], width, height, name, digest, content, sent)


def _open(data):
    try:
        image = Image.open(io.BytesIO(data), formats=list(FORMATS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:
        raise ValidationError("不是可用的图片。请上传 JPG、PNG、GIF 或 WebP 图片。", code="not_a_picture") from error
    _count_pixels(image.width * image.height)
    return image


def _kind(image):
    # MPO is a JPEG with further pictures behind it (depth, a small version), as many phones write them.
    return "JPEG" if image.format == "MPO" else image.format


def _count_pixels(pixels):
    if pixels > settings.PICTURE_MAX_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels():
    return ValidationError(
        f"图片像素太多，最多 {settings.PICTURE_MAX_PIXELS // 10_000} 万像素（动图按各帧之和）。请缩小后再上传。",
        code="too_many_pixels",
    )


def _encode(image, kind):
    buffer = io.BytesIO()
    if kind != "JPEG" and getattr(image, "is_animated", False):
        frames, durations = _frames(image)
        loop = {"loop": image.info["loop"]} if "loop" in image.info else {}
        frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], duration=durations, **loop)
        return buffer.getvalue()
    still = _bare(_upright(image))
    if kind == "JPEG":
        still = still if still.mode in ("L", "RGB") else still.convert("RGB")
        still.save(buffer, kind, quality=88, optimize=True, progressive=True, **_profile(still))
    elif kind == "PNG":
        still.save(buffer, kind, optimize=True, **_profile(still))
    else:
        still.save(buffer, kind, quality=88, **_profile(still))
    return buffer.getvalue()


def _frames(image):
    """Return the frames of an animation and how long each is shown (ms), counting pixels before they are decoded."""
    frames, durations, pixels = [], [], 0
    for index in range(FRAMES_MAX + 1):
        try:
            image.seek(index)
        except EOFError:
            break
        if index == FRAMES_MAX:
            raise ValidationError(f"动图帧数太多，最多 {FRAMES_MAX} 帧。", code="too_many_frames")
        pixels += image.width * image.height
        _count_pixels(pixels)
        frames.append(_bare(image.copy()))
        durations.append(image.info.get("duration") or 100)
    return frames, durations


def _upright(image):
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a good picture with broken EXIF: as it lies
        return image


def _bare(image):
    """Return `image` in eight bits a channel, with nothing but its pixels, transparency and colour profile."""
    kept = {name: image.info[name] for name in ("transparency", "icc_profile") if name in image.info}
    if image.mode.startswith(("I", "F")):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value / 256).convert("L")
        kept.pop("transparency", None)
    if image.mode not in ("1", "L", "P", "RGB", "LA", "PA", "RGBA"):
        image = image.convert("RGB")  # CMYK and the like: their profile does not describe RGB
        kept.clear()
    image.info = kept
    return image


def _profile(image):
    profile = image.info.pop("icc_profile", b"")
    return {"icc_profile": profile} if 0 < len(profile) <= PROFILE_MAX else {}


def random_name(instance, filename):
    """`upload_to`: year, month and a random name; only the extension, which `check` chose, stays."""
    return f"pictures/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}{PurePath(filename).suffix}"


def original_name(instance, filename):
    """`upload_to` of originals: beside the attachments, where no address leads to them."""
    return f"originals/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}{PurePath(filename).suffix}"


def smaller_sizes(width, height):
    """Return (width, height) of each smaller version that a picture of this size has."""
    sizes = [(candidate, max(1, round(height * candidate / width))) for candidate in WIDTHS if candidate < width]
    return [size for size in sizes if size[1] <= WEBP_SIDE_MAX]


def smaller_name(name, width):
    return f"{PurePath(name).with_suffix('')}-{width}.webp"


def write_smaller(storage, name, data):
    """Write the WebP versions of the picture `data` beside `name`, once, at the time of the upload."""
    image = Image.open(io.BytesIO(data), formats=list(FORMATS))
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    for size in smaller_sizes(*image.size):
        buffer = io.BytesIO()
        image.resize(size, Image.Resampling.LANCZOS).save(buffer, "WEBP", quality=80, method=4)
        storage.save(smaller_name(name, size[0]), ContentFile(buffer.getvalue()))


def remove_files(storage, name, width, height):
    """Remove a picture and its smaller versions from storage; what is not there is no error."""
    for each in [name, *(smaller_name(name, size[0]) for size in smaller_sizes(width, height))]:
        storage.delete(each)
