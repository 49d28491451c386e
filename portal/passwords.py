"""What 等保 2.0 asks of a password beyond its length; on where DENGBAO is."""

import re

from django.core.exceptions import ValidationError

KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z\d]")
TEXT = "密码要包含大写字母、小写字母、数字、符号中的至少三种。"


class ThreeKindsValidator:
    def validate(self, password, user=None):
        if sum(bool(re.search(kind, password)) for kind in KINDS) < 3:
            raise ValidationError(TEXT, code="too_plain")

    def get_help_text(self):
        return TEXT
