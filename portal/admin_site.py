"""The admin as one site: its groups on the first page, and what is checked on every one of its addresses."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.urls import path, reverse

from portal.audit import record
from portal.audit.admin import Audited
from portal.desk import desk_of
from portal.exporting import may_export
from portal.keys import Keyed
from portal.logins import guarded_login
from portal.models import AuditEntry, Picture
from portal.proxies import address_of
from portal.report import report_view
from portal.views import editor, handbook

# What staff look for together, in the order of a day's work.
GROUPS = (
    (
        "内容",
        (
            "news.Article",
            "news.Column",
            "news.Source",
            "news.Tag",
            "news.ProofWord",
            "news.JournalIssue",
            "portal.Picture",
            "news.LibraryFile",
            "news.ViewCorrection",
        ),
    ),
    (
        "来信",
        (
            "feedback.Message",
            "feedback.Quarantined",
            "news.Submission",
            "news.RightsStatement",
            "feedback.Topic",
            "feedback.ReplyTemplate",
            "feedback.CalendarCorrection",
            "portal.SpamWord",
            "portal.OutboxMail",
        ),
    ),
    ("名录", ("associations.Association", "associations.Zone", "associations.LinkGroup")),
    ("网站", ("portal.HomeBlock", "portal.Synonym", "portal.SiteSettings", "portal.PrivacyNotice", "portal.LinkCheck")),
    ("账号", ("portal.User", "auth.Group", "portal.AuditEntry")),
)


class PortalAutocompleteView(AutocompleteJsonView):
    """Choices while typing; those of pictures come with their thumbnail."""

    def serialize_result(self, obj, to_field_name):
        result = super().serialize_result(obj, to_field_name)
        if isinstance(obj, Picture):
            result["thumbnail"] = obj.url_for(320)
        return result


class PortalAdminSite(AdminSite):
    site_title = "门户后台"
    site_header = "门户后台"
    index_title = "工作台"
    empty_value_display = "—"
    enable_nav_sidebar = True

    def get_urls(self):
        return [
            path("pictures/upload/", self.admin_view(editor.picture_upload), name="portal_picture_upload"),
            path("pictures/browse/", self.admin_view(editor.picture_browse), name="portal_picture_browse"),
            path("report/", self.admin_view(report_view), name="portal_report"),
            path("pictures/fetch/", self.admin_view(editor.picture_fetch), name="portal_picture_fetch"),
            path("pasted/", self.admin_view(editor.pasted), name="portal_pasted"),
            path("handbook/", self.admin_view(handbook.handbook_page), name="portal_handbook"),
            path("handbook/<slug:name>.md", self.admin_view(handbook.handbook_page), name="portal_handbook_page"),
            path(
                "handbook/pictures/<slug:name>.webp",
                self.admin_view(handbook.handbook_picture),
                name="portal_handbook_picture",
            ),
            *super().get_urls(),
        ]

    def index(self, request, extra_context=None):
        desk = desk_of(request.user)
        if may_export(request.user):
            desk["report_url"] = reverse("admin:portal_report")
        return super().index(request, {"desk": desk} | (extra_context or {}))

    def register(self, model_or_iterable, admin_class=None, **options):
        """Register with an audit log and checked keys, whether the class brings them or not."""
        admin_class = admin_class or ModelAdmin
        lacking = [part for part in (Keyed, Audited) if not issubclass(admin_class, part)]
        admin_class = type(admin_class.__name__, (*lacking, admin_class), {"__module__": admin_class.__module__})
        super().register(model_or_iterable, admin_class, **options)

    def login(self, request, extra_context=None):
        if request.method != "POST":
            return super().login(request, extra_context)
        return guarded_login(request, lambda: super(PortalAdminSite, self).login(request, extra_context))

    def logout(self, request, extra_context=None):
        user = request.user
        response = super().logout(request, extra_context)
        if user.is_authenticated and not request.user.is_authenticated:
            record(AuditEntry.Action.LOGOUT, user=user, address=address_of(request))
        return response

    def password_change(self, request, extra_context=None):
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            record(AuditEntry.Action.PASSWORD, obj=request.user, user=request.user, address=address_of(request))
        return response

    def autocomplete_view(self, request):
        return PortalAutocompleteView.as_view(admin_site=self)(request)

    def get_app_list(self, request, app_label=None):
        """The models in the groups above; those of one app where `app_label` names it."""
        if app_label:
            return super().get_app_list(request, app_label)
        entries = {}
        for app in self._build_app_dict(request).values():
            for model in app["models"]:
                entries[model["model"]._meta.label] = model
        groups = [
            self._group(name, [entries.pop(label) for label in labels if label in entries]) for name, labels in GROUPS
        ]
        groups.append(self._group("其他", list(entries.values())))
        return [group for group in groups if group["models"]]

    def _group(self, name, models):
        return {"name": name, "app_label": "group", "app_url": "", "has_module_perms": True, "models": models}
