from django.db import models

from feedback.models.messages import Message
from portal.models import Confirmation


class SenderNotices(Confirmation):
    message = models.OneToOneField(
        Message, verbose_name="留言", on_delete=models.CASCADE, related_name="notices", editable=False
    )
