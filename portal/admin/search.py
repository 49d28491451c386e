from django.contrib import admin

from portal.admin.desk import DeskAdmin
from portal.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(DeskAdmin):
    list_display = ("term", "other")
    search_fields = ("term", "other")
