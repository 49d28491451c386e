"""Structured data (schema.org) for search engines, as JSON-LD. What it says stands on the page as well."""

import json
import re

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

# Within a script element only these could end it, or begin a comment; JSON has its own escapes for them.
ESCAPED = re.compile("[<>&\u2028\u2029]")
CONTEXT = "https://schema.org"


def script(*items):
    """Return `items` (dicts) as one JSON-LD script element, which no text in them can close."""
    graph = {"@context": CONTEXT, "@graph": [without_gaps(item) for item in items]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    text = ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


def without_gaps(item):
    return {name: value for name, value in item.items() if value not in (None, "", [])}


def organization(site, root):
    """`site` are the SiteSettings, `root` the full address of the home page."""
    return without_gaps(
        {
            "@type": "Organization",
            "@id": f"{root}#organization",
            "name": site.host_unit or site.name,
            "url": root,
            "logo": root[:-1] + site.logo.url if site.logo else None,
            "email": site.email,
            "telephone": site.phone,
            "address": site.address,
        }
    )


def website(site, root):
    target = {"@type": "EntryPoint", "urlTemplate": f"{root}search/?q={{search_term_string}}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    return {
        "@type": "WebSite",
        "@id": f"{root}#website",
        "name": site.name,
        "alternateName": site.short_name,
        "description": site.description,
        "url": root,
        "inLanguage": "zh-CN",
        "publisher": {"@id": f"{root}#organization"},
        "potentialAction": action,
    }


def breadcrumbs(steps, root):
    """`steps` are (name, path) from below the home page down to the page itself."""
    steps = [("首页", reverse("home")), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": full(path, root)}
            for number, (name, path) in enumerate(steps, 1)
        ],
    }


def full(path, root):
    """The full address of a path of this site; a full address stays as it is."""
    return root[:-1] + path if path.startswith("/") else path
