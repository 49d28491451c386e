from pathlib import PurePath

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from portal import pictures
from portal.admin.kept import KeptOnceAdmin
from portal.audit import record
from portal.files import download
from portal.models import AuditEntry, Picture
from portal.picture_uses import uses, whole_of
from portal.proxies import address_of

ACCEPT = "image/jpeg,image/png,image/gif,image/webp"


class UploadForm(forms.ModelForm):
    upload = forms.FileField(
        label="图片文件",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text="JPG、PNG、GIF 或 WebP，最大 20 MB。",
    )

    class Meta:
        model = Picture
        fields = ["title", "alt"]

    def clean_upload(self):
        return pictures.check(self.cleaned_data["upload"])


class BareFilter(admin.SimpleListFilter):
    """Keeps the pictures that nobody has described."""

    title = "图片说明"
    parameter_name = "bare"

    def lookups(self, request, model_admin):
        return [("yes", "没有说明"), ("no", "有说明")]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.filter(alt="")
        return queryset.exclude(alt="") if self.value() == "no" else queryset


@admin.register(Picture)
class PictureAdmin(KeptOnceAdmin):
    add_form = UploadForm
    list_display = ("thumbnail", "title", "description", "measures", "uploaded_by", "created_at")
    list_display_links = ("thumbnail", "title")
    list_select_related = ("uploaded_by",)
    list_filter = (BareFilter, "created_at")
    search_fields = ("title", "alt")
    readonly_fields = ("preview", "address", "original_link", "measures", "uploaded_by", "created_at")

    def get_fields(self, request, obj=None):
        return ("upload", "alt", "title") if obj is None else ("preview", "alt", "title", *self.readonly_fields[1:])

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not obj.alt:
            messages.warning(request, "这张图片还没有图片说明。看不到图的读者靠它知道图上有什么，请补上。")

    def get_deleted_objects(self, objs, request):
        """A picture in use is not deleted: the page shows where it is used."""
        deletable, counts, needed, protected = super().get_deleted_objects(objs, request)
        protected += [f"{capfirst(user._meta.verbose_name)}：{self._name_of(user, request)}" for user in uses(objs)]
        return deletable, counts, needed, protected

    def get_urls(self):
        view = self.admin_site.admin_view(self.original_view)
        return [path("<int:pk>/original/", view, name="portal_picture_original"), *super().get_urls()]

    def original_view(self, request, pk):
        """The file as it was sent. It may tell where a photograph was taken, so the log knows who took it."""
        picture = get_object_or_404(Picture.objects.exclude(original=""), pk=pk)
        if not request.user.has_perm("portal.download_original"):
            raise PermissionDenied
        response = download(picture.original, f"{picture}{PurePath(picture.original.name).suffix}")
        record(
            AuditEntry.Action.EXPORT, obj=picture, user=request.user, address=address_of(request), summary="下载原图"
        )
        return response

    @admin.display(description="图片说明", ordering="alt")
    def description(self, picture):
        return picture.alt or format_html('<span class="bare-picture">{}</span>', "没有说明")

    @admin.display(description="原图")
    def original_link(self, picture):
        if not picture.original:
            return None
        return format_html('<a href="{}">下载原图</a>', reverse("admin:portal_picture_original", args=[picture.pk]))

    def _name_of(self, user, request):
        """Return the name of what uses a picture, to those who may see it."""
        whole = whole_of(user)
        its_admin = self.admin_site._registry.get(type(whole))
        if its_admin and not its_admin.get_queryset(request).filter(pk=whole.pk).exists():
            return "（您没有查看的权限）"
        return user if whole is user else f"《{whole}》{user}"

    @admin.display(description="图片")
    def thumbnail(self, picture):
        return format_html('<img class="thumbnail" src="{}" alt="" loading="lazy">', picture.url_for(320))

    @admin.display(description="图片")
    def preview(self, picture):
        return format_html('<img class="preview" src="{}" alt="{}">', picture.url_for(640), picture.alt)

    @admin.display(description="地址")
    def address(self, picture):
        return format_html('<a href="{0}">{0}</a>', picture.url)

    @admin.display(description="大小")
    def measures(self, picture):
        return f"{picture.width} × {picture.height}，{filesizeformat(picture.size)}"
