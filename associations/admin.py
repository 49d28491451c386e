from django.contrib import admin

from associations.models import Association, Link, LinkGroup, Zone
from portal.admin.desk import DeskAdmin, PartInline
from portal.exporting import Exporting


@admin.register(Association)
class AssociationAdmin(Exporting, DeskAdmin):
    list_display = ("name", "region", "member_class", "contact", "phone", "position", "is_active")
    list_filter = ("is_active", "member_class", "region")
    list_defer = ("introduction",)
    search_fields = ("name", "short_name", "contact")
    fieldsets = (
        (None, {"fields": ("name", "short_name", "region", "member_class", "joined_on", "position", "is_active")}),
        ("介绍", {"fields": ("logo", "introduction", "website")}),
        ("联系", {"fields": ("contact", "phone", "address")}),
    )
    export_columns = (
        ("名称", "name"), ("简称", "short_name"), ("地区", "region"), ("会员类别", "member_class"), ("入会日期", "joined_on"),
        ("联系人", "contact"), ("电话", "phone"), ("地址", "address"), ("网站", "website"), ("启用", "is_active"),
    )  # fmt: skip
    export_widths = (40, 20, 10, 12, 12, 12, 16, 40, 30, 8)

    def is_on_site(self, obj):
        return obj.is_active


@admin.register(Zone)
class ZoneAdmin(Exporting, DeskAdmin):
    list_display = ("code", "name", "level", "type", "province", "approved", "hectares", "is_active")
    list_display_links = ("code", "name")
    list_filter = ("level", "type", "is_active", "province")
    search_fields = ("code", "name", "industries")
    fields = (
        ("code", "name"), ("level", "type"), "province", ("approved", "hectares"), "industries", "website", "is_active",
    )  # fmt: skip
    export_columns = (
        ("代码", "code"), ("名称", "name"), ("级别", "level"), ("类型", "type"), ("省份", "province"), ("批准时间", "approved"),
        ("面积（公顷）", "hectares"), ("主导产业", "industries"), ("网站", "website"), ("启用", "is_active"),
    )  # fmt: skip
    export_widths = (12, 40, 10, 20, 10, 12, 14, 40, 30, 8)

    def is_on_site(self, obj):
        return obj.is_active


class LinkInline(PartInline):
    model = Link
    fields = ("name", "url", "position", "is_active")


@admin.register(LinkGroup)
class LinkGroupAdmin(DeskAdmin):
    list_display = ("name", "content", "position")
    list_editable = ("position",)
    search_fields = ("name",)
    inlines = (LinkInline,)
