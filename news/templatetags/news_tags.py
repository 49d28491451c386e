from django import template

from news.home import lists_of, read_together
from news.models import JournalIssue
from news.navigation import column_tree
from news.newest import newest_headlines, newest_titles
from news.rankings import most_read_lately
from news.structured_data import news_article
from portal import structured_data
from portal.addresses import full_address

register = template.Library()

NOTICE_TYPE = "公告通知"


@register.simple_tag(takes_context=True)
def navigation(context):
    """The columns of the main navigation, each with those to show below it in `shown`."""
    return column_tree(context["request"]).navigation


@register.simple_tag(takes_context=True)
def place(context):
    """Where in the navigation the page is: `root`, the column of the first level that it belongs to (or None),
    `address`, its own address if the navigation shows it (or ""), and `key`, which is equal for pages in equal places.
    """
    address, tree = context["request"].path, column_tree(context["request"])
    root = context["path"][0] if context.get("path") else tree.root_around(address)
    here = address if address in tree.root_at or address == "/" else ""
    return {"root": root, "address": here, "key": f"navigation:{root.pk if root else 0}:{here}"}


@register.simple_tag(takes_context=True)
def columns_around(context, column=None):
    """The columns to go on to from `column`: those below it, else those beside it; without a column all with articles."""
    tree = column_tree(context["request"])
    if not column:
        columns = [item for root in tree.roots for item in root.below or [root] if item.kind == item.Kind.LIST]
    else:
        path = tree.path(column)
        columns = path[-1].below or (path[-2].below if len(path) > 1 else [])
    return [item for item in columns if item.in_navigation]


@register.simple_tag(takes_context=True)
def notices(context, count=8):
    """The newest articles of the columns of the type 公告通知."""
    columns = column_tree(context["request"]).keys_of_type(NOTICE_TYPE)
    return newest_titles(context["request"], columns, count)


@register.simple_tag(takes_context=True)
def notice_column(context):
    """The column of the notices, None where the site has none."""
    keys = column_tree(context["request"]).keys_of_type(NOTICE_TYPE)
    return column_tree(context["request"]).columns[keys[0]] if keys else None


@register.simple_tag(takes_context=True)
def newest_articles(context, count=8):
    return newest_titles(context["request"], column_tree(context["request"]).columns, count)


@register.simple_tag(takes_context=True)
def most_read(context):
    """The articles most read in the seven days up to yesterday."""
    return most_read_lately(context["request"])


@register.simple_tag
def headlines(count=5):
    """The newest headlines that have a cover."""
    return newest_headlines(count)


@register.simple_tag
def newest_issues(count=6):
    return JournalIssue.objects.published().select_related("cover")[:count]


@register.simple_tag(takes_context=True)
def article_data(context, article, tags, path):
    """An article and the way to it as JSON-LD."""
    root = full_address(context["request"], "/")
    item = news_article(article, tags=tags, section=path[-1].name, site=context["site"], root=root)
    steps = [(step.name, step.get_absolute_url()) for step in path]
    steps.append((article.title, article.get_absolute_url()))
    return structured_data.script(item, structured_data.breadcrumbs(steps, root))


@register.simple_tag(takes_context=True)
def read_blocks(context, blocks):
    """Read the articles of all blocks of the home page together. Prints nothing."""
    read_together(context["request"], blocks)
    return ""


@register.simple_tag(takes_context=True)
def block_lists(context, block):
    """The lists of a block, each (column, articles)."""
    return lists_of(context["request"], block)
