from django.contrib import admin

from feedback.models import ReplyTemplate, Topic
from portal.admin.desk import DeskAdmin


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    list_display = ("name", "department", "days", "asks", "position", "is_active")
    list_editable = ("department", "days", "asks", "position", "is_active")
    search_fields = ("name",)


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(DeskAdmin):
    list_display = ("name", "topic", "is_active")
    list_select_related = ("topic",)
    search_fields = ("name", "body")
