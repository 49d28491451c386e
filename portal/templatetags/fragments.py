from django import template

from portal.addresses import root_of
from portal.context_processors import site_of
from portal.pagecache.shared import kept_by_content
from portal.pagecache.shared import shared as keep

register = template.Library()


class SharedNode(template.Node):
    def __init__(self, name, nodelist):
        self.name, self.nodelist = name, nodelist

    def render(self, context):
        request = context["request"]

        def make():
            site_of(request)  # the page may have read it before
            return self.nodelist.render(context)

        return keep(request, (self.name.resolve(context), root_of(request)), make)


@register.tag
def shared(parser, token):
    """{% shared name %}…{% endshared %}: a part that is the same on every page until what was read for it changes.

    What is read within is seen to; what comes from around it, the site's settings aside, has to be in `name` (a value
    that is hashable).
    """
    _, name = token.split_contents()
    nodelist = parser.parse(("endshared",))
    parser.delete_first_token()
    return SharedNode(parser.compile_filter(name), nodelist)


class KeptNode(template.Node):
    def __init__(self, shown, nodelist):
        self.shown, self.nodelist = shown, nodelist

    def render(self, context):
        # The node stands for what the template says around the values: each place has fragments of its own.
        key = self, *(value.resolve(context) for value in self.shown)
        if None in key:
            return self.nodelist.render(context)
        return kept_by_content(context["request"], key, lambda: self.nodelist.render(context))


@register.tag
def kept(parser, token):
    """{% kept value … %}…{% endkept %}: a part that is a function of these values (hashable) and nothing else.

    It is rendered once for equal values, whatever the version: after a change, only what it changed is made anew. Where
    a value is None it is rendered each time.
    """
    _, *shown = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode([parser.compile_filter(value) for value in shown], nodelist)
