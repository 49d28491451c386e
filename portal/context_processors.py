from django.utils.functional import SimpleLazyObject

from portal.models import SiteSettings
from portal.pagecache.shared import shared


def site(request):
    return {"site": SimpleLazyObject(lambda: shared(request, "site", SiteSettings.current))}
