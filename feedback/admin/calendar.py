from django.contrib import admin, messages
from django.utils import timezone

from feedback.clock import LAST_KNOWN_YEAR
from feedback.models import CalendarCorrection
from portal.admin.desk import DeskAdmin


@admin.register(CalendarCorrection)
class CalendarCorrectionAdmin(DeskAdmin):
    list_display = ("day", "is_working", "reason")
    list_filter = ("is_working",)
    date_hierarchy = "day"

    def changelist_view(self, request, extra_context=None):
        known = f"放假和调休安排已收录到 {LAST_KNOWN_YEAR} 年。下面的更正优先。"
        messages.info(request, known)
        if timezone.localdate().year >= LAST_KNOWN_YEAR and timezone.localdate().month >= 11:
            messages.warning(request, f"{LAST_KNOWN_YEAR + 1} 年的安排公布以后，请升级系统，或者在这里逐日补充。")
        return super().changelist_view(request, extra_context)
