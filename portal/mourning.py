"""Grey mode for days of mourning: the site, or its home page, without colours between two moments that staff set.

Nothing has to run at either moment: the attribute on <html> is decided when a page is made, and a cache of pages asks
`next_moment` how long what it keeps may live.
"""

from django.utils import timezone

from portal.models import SiteSettings


def is_grey(site, path, *, at=None):
    """Tell whether the page at `path` is without colours at the moment `at` (aware datetime; now where None)."""
    at = at or timezone.now()
    if site.mourning_from is None or not site.mourning_from <= at < site.mourning_until:
        return False
    return site.mourning_scope == SiteSettings.MourningScope.SITE or path == "/"


def next_moment(now):
    """Return the next moment after `now` (aware datetimes) at which grey mode begins or ends, None where there is none."""
    moments = SiteSettings.objects.filter(pk=1).values_list("mourning_from", "mourning_until").first() or ()
    return min((moment for moment in moments if moment and moment > now), default=None)
