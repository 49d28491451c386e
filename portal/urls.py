from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import TemplateView

from portal import sitemaps
from portal.views import media, site
from portal.views.search import search

urlpatterns = [
    path("", site.home, name="home"),
    path("", include("news.urls")),
    path("", include("associations.urls")),
    path("", include("feedback.urls")),
    path("accessibility/", TemplateView.as_view(template_name="portal/accessibility.html"), name="accessibility"),
    path("leave/", site.leave, name="leave"),
    path("privacy/", site.privacy, name="privacy"),
    path("search/", search, name="search"),
    path("favorites/", TemplateView.as_view(template_name="portal/favorites.html"), name="favorites"),
    path("sitemap/", TemplateView.as_view(template_name="portal/site_map.html"), name="site_map"),
    path("theme.css", site.theme, name="theme"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemaps.sitemap_page, name="sitemap_page"),
    re_path(r"^(?P<key>[A-Za-z0-9-]{8,128})\.txt$", site.indexnow_key, name="indexnow_key"),
    path("robots.txt", site.robots, name="robots"),
    path(".well-known/security.txt", site.security_txt, name="security_txt"),
    path("healthz", site.healthz, name="healthz"),
    path("readyz", site.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    re_path(
        r"^media/pictures/(?P<month>\d{4}/\d{2})/(?P<name>[0-9a-f]{32}(?:-\d+)?)\.(?P<extension>jpg|png|gif|webp)$",
        media.picture_file,
        name="picture_file",
    ),
]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"
