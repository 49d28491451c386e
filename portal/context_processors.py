from django.utils.functional import SimpleLazyObject

from portal.models import SiteSettings
from portal.pagecache.shared import shared


def site(request):
    return {"site": SimpleLazyObject(lambda: site_of(request))}


def site_of(request):
    """Return the settings of the site, as `request` sees them."""
    return shared(request, "site", SiteSettings.current)
