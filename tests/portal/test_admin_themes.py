"""The colours of the admin: dark is the same, whether the system asks for it or a person chose it."""

import re


def test_both_ways_to_dark_have_the_same_colours(project):
    css = (project / "portal/static/portal/css/admin.css").read_text(encoding="utf-8")
    asked, chosen = (
        re.findall(r"--[\w-]+: [^;]+;", re.search(re.escape(selector) + r" \{(.*?)\}", css, re.DOTALL)[1])
        for selector in (':root:not([data-theme="light"])', 'html[data-theme="dark"]')
    )
    assert asked == chosen
    assert "--error-fg: #ff8a80;" in asked
