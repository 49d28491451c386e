from django.contrib import admin

from portal.admin.desk import DeskAdmin, PartInline
from portal.models import BlockPicture, HomeBlock


class BlockPictureInline(PartInline):
    model = BlockPicture
    fields = ("picture", "title", "url", "position")


@admin.register(HomeBlock)
class HomeBlockAdmin(DeskAdmin):
    list_display = ("heading", "kind", "column", "look", "width", "count", "position", "is_active")
    list_editable = ("position", "is_active")
    list_filter = ("is_active", "kind")
    list_select_related = ("column",)
    list_defer = ("column__body",)
    search_fields = ("title", "column__name")
    autocomplete_fields = ("column",)
    fields = ("kind", "title", "column", "look", "count", "width", "position", "is_active")
    inlines = (BlockPictureInline,)

    @admin.display(description="板块")
    def heading(self, block):
        return block.heading
