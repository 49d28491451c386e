from itertools import groupby

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from associations.forms import ZoneFilterForm
from associations.models import Association, Zone
from portal.pagination import page_of


@require_safe
def association_list(request):
    members = Association.objects.visible().select_related("logo").defer("introduction")
    regions = [(region, list(items)) for region, items in groupby(members, key=lambda member: member.region)]
    return render(request, "associations/association_list.html", {"regions": regions})


@require_safe
def association(request, pk):
    member = get_object_or_404(Association.objects.visible().select_related("logo"), pk=pk)
    zones = Zone.objects.visible().filter(province=member.region)[:12]
    return render(request, "associations/association.html", {"association": member, "zones": zones})


@require_safe
def zone_list(request):
    form = ZoneFilterForm(request.GET)
    zones = form.filtered(Zone.objects.visible())
    context = {"form": form, "page": page_of(zones, request, per_page=50)}
    return render(request, "associations/zone_list.html", context, status=200 if form.is_valid() else 400)


@require_safe
def zone(request, code):
    item = get_object_or_404(Zone.objects.visible(), code=code)
    neighbours = Zone.objects.visible().filter(province=item.province).exclude(pk=item.pk)[:10]
    return render(request, "associations/zone.html", {"zone": item, "neighbours": neighbours})


@require_safe
def link_list(request):
    return render(request, "associations/link_list.html")
