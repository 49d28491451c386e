from django import template
from django.utils.html import format_html
from django.utils.http import urlencode

from portal import leaving, mourning, structured_data
from portal.addresses import full_address
from portal.richtext import reading

register = template.Library()


@register.simple_tag(takes_context=True)
def absolute(context, path=None):
    """The full address of `path`, of this page without its query where none is given."""
    request = context["request"]
    return full_address(request, path or request.path)


@register.simple_tag(takes_context=True)
def canonical(context):
    """The one address of this page: without its query, but for what the view names in `own_query`, and the page of a list."""
    request, query = context["request"], context.get("own_query", {})
    if (number := getattr(context.get("page"), "number", 1)) > 1:
        query = query | {"page": number}
    return full_address(request, request.path) + (f"?{urlencode(query)}" if query else "")


@register.simple_tag(takes_context=True)
def site_data(context):
    """The association and its site as JSON-LD."""
    root = full_address(context["request"], "/")
    site = context["site"]
    return structured_data.script(structured_data.organization(site, root), structured_data.website(site, root))


@register.simple_tag(takes_context=True)
def breadcrumb_data(context, path):
    """The way to a page as JSON-LD. `path` are the columns from the root down."""
    steps = [(step.name, step.get_absolute_url()) for step in path]
    return structured_data.script(structured_data.breadcrumbs(steps, full_address(context["request"], "/")))


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """This page's query with `changes`; None takes a name out. For links of filters and pages."""
    values = {name: value for name, value in context["request"].GET.items() if value and name != "page"}
    values |= changes
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    return "?" + urlencode(kept)


@register.simple_tag
def picture(item, alt=None, sizes="100vw", lazy=True, css=""):
    """The picture of the library `item` as <img>, with its WebP versions. `alt=""` marks it as decoration."""
    srcset = format_html(' srcset="{}" sizes="{}"', item.srcset, sizes) if item.srcset else ""
    return format_html(
        '<img src="{}"{} width="{}" height="{}" alt="{}"{} loading="{}" decoding="async">',
        item.url_for(640), srcset, item.width, item.height, item.alt if alt is None else alt,
        format_html(' class="{}"', css) if css else "", "lazy" if lazy else "eager",
    )  # fmt: skip


@register.filter
def for_readers(rich_text, site):
    """Rich text as readers' pages show it; links that leave the `site` (its settings) pass the notice."""
    return reading.for_readers(rich_text, way_out=lambda url: leaving.way_out(url, site))


@register.filter
def way_out(url, site):
    """The address of a link to the outside address `url`: through the notice, unless the `site` lets it open at once."""
    return leaving.way_out(url, site)


@register.simple_tag(takes_context=True)
def grey(context):
    """Whether this page is without colours now."""
    return mourning.is_grey(context["site"], context["request"].path)


@register.filter
def around(page):
    """The page numbers to show around a page of a paginator: the ends, the neighbours, None for a gap."""
    return [
        None if number == page.paginator.ELLIPSIS else number
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
