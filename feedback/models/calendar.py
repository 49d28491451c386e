from django.db import models


class CalendarCorrection(models.Model):
    """What staff know better than the calendar of public holidays: a day more at work, or a day more off."""

    day = models.DateField("日期", unique=True)
    is_working = models.BooleanField("上班", default=False, help_text="勾选为上班，不勾选为放假。")
    reason = models.CharField("原因", max_length=100, blank=True, help_text="例如：国务院办公厅临时调整；本单位活动。")

    class Meta:
        verbose_name = "工作日更正"
        verbose_name_plural = "工作日更正"
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {'上班' if self.is_working else '放假'}"
