"""What the first page of the admin says about the site as a whole."""

from django.urls import reverse

from portal.desk import Task, may_see
from portal.models import LinkCheck


def tasks(user):
    if not may_see(user, "portal.view_linkcheck"):
        return []
    address = f"{reverse('admin:portal_linkcheck_changelist')}?broken=yes"
    return [Task("打不开的链接", LinkCheck.objects.broken().count(), address)]


def charts(user):
    return []
