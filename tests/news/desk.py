"""What the tests of the editors' desk share."""

from news.models import Article, ColumnRole
from news.versions import content_of, record
from portal.publishing import Status
from tests.factories import client_of, make_article, make_staff

RIGHTS = ("view", "add", "change", "delete")


def make_editor(column=None, *, role="editor", rights=RIGHTS, **overrides):
    """A member of staff with the rights over articles and a role in `column` (everywhere where it is None)."""
    user = make_staff(*(f"news.{right}_article" for right in rights), **overrides)
    ColumnRole.objects.create(user=user, role=role, column=column)
    return user


def make_draft(*, by=None, versions=(), **overrides):
    """A draft with a first version, and one more for each of `versions` (dictionaries of what changed)."""
    article = make_article(**{"status": Status.DRAFT, "created_by": by} | overrides)
    content = content_of(article)
    record(article, content, by=by)
    for change in versions:
        content |= change
        record(article, content, by=by)
    return Article.objects.get(pk=article.pk)


def form_values(client, article, **changes):
    """What the form of `article` sends, as it is now opened by `client`, with `changes`."""
    form = client.get(change_page(article)).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    values = {name: value for name, value in values.items() if value not in (None, False)}
    for name in ("published_at", "expires_at"):
        if hasattr(values.get(name), "strftime"):
            values[name] = f"{values[name]:%Y-%m-%dT%H:%M}"
    parts = {"attachments-TOTAL_FORMS": 0, "attachments-INITIAL_FORMS": 0, "autosave_key": article.pk}
    return values | parts | changes


def change_page(article):
    return f"/admin/news/article/{article.pk}/change/"


def page_of(article, *rest):
    return "/".join(["/admin/news/article", str(article.pk), *map(str, rest), ""])


def told(response):
    return [str(message) for message in response.context["messages"]]


__all__ = ["change_page", "client_of", "form_values", "make_draft", "make_editor", "page_of", "told"]
