"""The main colour that staff choose, and what it must be able to carry."""

import re

from django.core.exceptions import ValidationError

CONTRAST_MIN = 7  # of white text on it: WCAG 2.2 1.4.6


def luminance(color):
    """Return the relative luminance (0–1) of `color` ("#rrggbb"), as WCAG 2.2 defines it."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_with_white(color):
    return 1.05 / (luminance(color) + 0.05)


def validate_main_color(value):
    """Raises ValidationError where `value` is no "#rrggbb", or white text on it would be hard to read."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValidationError("颜色的写法是 # 加六位十六进制数字，例如 #0b3d91。")
    if contrast_with_white(value) < CONTRAST_MIN:
        raise ValidationError("这个颜色太浅，上面的白字不易看清。请选深一些的颜色。")
