"""From the data files beside this module to rows: what `manage.py load_demo` does."""

import re
import tomllib
from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from associations.models import Association, Link, LinkGroup, Zone
from feedback.clock import start_clock, working_days_between
from feedback.models import Message, Reply, Topic
from feedback.publishing import publish_with_proposal
from news import versions
from news.models import (
    Article,
    Attachment,
    Column,
    JournalEntry,
    JournalIssue,
    LibraryFile,
    Source,
    SourceAlias,
    Tag,
    ViewDay,
)
from portal.demo.drawing import EMBLEMS
from portal.demo.ledger import Ledger
from portal.demo.papers import paper
from portal.models import BlockPicture, HomeBlock, SiteSettings
from portal.publishing import Status

FOLDER = Path(__file__).parent
CASE = "案例："  # how titles in the column 典型案例 begin
PINNED = timedelta(days=60)
PICTURE = re.compile(r'src="picture:([\w-]+)"')


def load():
    """Make what the demo has not made yet, in one transaction. Return the Ledger that tells what happened."""
    with transaction.atomic():
        ledger = Ledger()
        for part in (sources, columns, articles, journal, members, zones, links, messages, identity, home_page):
            part(ledger)
    return ledger


def data(name):
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def moment(text):
    """The aware datetime of `2026-11-20T09:30`, wall clock of the site's time zone."""
    return timezone.make_aware(datetime.fromisoformat(text))


def sources(ledger):
    for row in data("sources")["source"]:

        def make(row=row):
            source = Source.objects.create(name=row["name"], site=row["site"])
            for alias in row["aliases"]:
                if not Source.objects.called(alias).exists():
                    SourceAlias.objects.create(source=source, name=alias)
            return source

        ledger.once(Source, row["name"], make, same=Source.objects.called(row["name"]))


def columns(ledger):
    bodies = {page["column"]: page["body"] for page in data("pages")["page"]}
    made = {"": None}
    for row in data("columns")["column"]:
        slug, above = row["slug"], row["parent"]
        if above and made[above] is None:  # staff deleted the column above: nothing hangs in the air
            made[slug] = None
            continue

        def make(row=row, parent=made[above]):
            values = row | {"parent": parent, "body": with_pictures(ledger, bodies.get(row["slug"], ""))}
            return Column.objects.create(**values)

        same = Column.objects.filter(Q(slug=slug) | Q(name=row["name"], parent=made[above]))
        made[slug] = ledger.once(Column, slug, make, same=same)


def with_pictures(ledger, body):
    """Return the HTML with every `picture:KEY` replaced by the address and size of that picture of the library."""

    def attributes(match):
        picture = ledger.picture(match[1])
        return (
            f'src="{picture.get_absolute_url()}" width="{picture.width}" height="{picture.height}"' if picture else ""
        )

    return PICTURE.sub(attributes, body)


def articles(ledger):
    """Make the articles, the oldest first, as staff would have."""
    known = {source.name: source for source in Source.objects.all()}
    lists = {column.slug: column for column in Column.objects.filter(kind=Column.Kind.LIST)}
    slugs = [path.stem for path in (FOLDER / "articles").glob("*.toml")]
    rows = [(row["published_at"], slug, row) for slug in slugs for row in data(f"articles/{slug}")["article"]]
    for published_at, slug, row in sorted(rows, key=lambda item: item[:2]):

        def make(row=row, slug=slug):
            return article(ledger, row, lists[slug], known.get(row["source"])) if slug in lists else None

        ledger.once(Article, f"{slug}:{published_at}", make)


def article(ledger, row, column, source):
    made = Article.objects.create(
        title=row["title"],
        subtitle=row.get("subtitle", ""),
        column=column,
        source=source,
        author=row["author"],
        editor=row["editor"],
        summary=row.get("summary", ""),
        cover=ledger.picture(row.get("cover", "")),
        body=with_pictures(ledger, row["body"]),
        status=Status.PUBLISHED,
        published_at=moment(row["published_at"]),
        pinned_until=timezone.now() + PINNED if row.get("pinned") else None,
        is_headline=row.get("headline", False),
        view_count=row["views"],
    )
    for position, item in enumerate(row.get("attachments", [])):
        name, kind = item["name"], item["kind"]
        content = paper(name, kind, text=item.get("text", ""), rows=item.get("rows", []))
        file = LibraryFile.objects.keep(ContentFile(content, name=f"{name}.{kind}"))
        Attachment.objects.create(article=made, library_file=file, name=name, position=position)
    made.tags.set([Tag.objects.get_or_create(name=name)[0] for name in row.get("tags", [])])
    versions.first_version(made)
    read_lately(made)
    return made


def read_lately(article):
    """Let a tenth of the article's views be of the last week, so that the rankings have something to show."""
    today = timezone.localdate()
    days = [today - timedelta(days=ago) for ago in range(7, 0, -1)]
    days = [day for day in days if day >= timezone.localdate(article.published_at)]
    count = article.view_count // 10 // max(1, len(days))
    ViewDay.objects.bulk_create([ViewDay(article=article, day=day, count=count) for day in days if count])


def journal(ledger):
    for row in data("journal")["issue"]:
        year, number = row["year"], row["number"]
        same = JournalIssue.objects.filter(year=year, number=number)
        ledger.once(JournalIssue, f"{year}-{number}", lambda row=row: journal_issue(ledger, row), same=same)


def journal_issue(ledger, row):
    contents = "\n".join(f"{entry['page']:>3}  {entry['section']}  {entry['title']}" for entry in row["entries"])
    name = f"《中国开发区》{row['year']}年第{row['number']}期"
    issue = JournalIssue.objects.create(
        year=row["year"],
        number=row["number"],
        title=row["title"],
        cover=ledger.picture(row["cover"]),
        introduction=row["introduction"],
        pdf=ContentFile(paper(name, "pdf", text=f"{row['introduction']}\n\n{contents}\n\n演示文件"), name="issue.pdf"),
        status=Status.PUBLISHED,
        published_at=timezone.make_aware(datetime.combine(row["published_on"], time(9))),
    )
    on_site = {found.title.removeprefix(CASE): found for found in Article.objects.defer("body")}
    JournalEntry.objects.bulk_create(
        JournalEntry(issue=issue, position=position, article=on_site.get(entry["title"]), **entry)
        for position, entry in enumerate(row["entries"])
    )
    return issue


def members(ledger):
    for position, row in enumerate(data("associations")["association"]):

        def make(row=row, position=position):
            logo = ledger.picture(f"emblem-{position % EMBLEMS + 1}")
            return Association.objects.create(logo=logo, position=position, **row)

        ledger.once(Association, row["name"], make, same=Association.objects.filter(name=row["name"]))


def zones(ledger):
    for row in data("zones")["zones"]:
        same = Zone.objects.filter(Q(code=row["code"]) | Q(name=row["name"]))
        ledger.once(Zone, row["code"], lambda row=row: Zone.objects.create(**row), same=same)


def links(ledger):
    for position, row in enumerate(data("links")["group"]):
        values = {"name": row["name"], "content": row["content"], "position": position}
        same = LinkGroup.objects.filter(name=row["name"])
        group = ledger.once(LinkGroup, row["name"], lambda values=values: LinkGroup.objects.create(**values), same=same)
        for place, item in enumerate(row["links"] if group else []):

            def make(item=item, group=group, place=place):
                return Link.objects.create(group=group, position=place, **item)

            ledger.once(Link, f"{row['name']}:{item['url']}", make, same=group.links.filter(url=item["url"]))


def messages(ledger):
    rows = data("messages")
    topics = {}
    for position, row in enumerate(rows["topic"]):
        values = row | {"position": position}
        same = Topic.objects.filter(name=row["name"])
        topics[row["name"]] = ledger.once(
            Topic, row["name"], lambda values=values: Topic.objects.create(**values), same=same
        )
    for row in rows["message"]:
        topic = topics[row["topic"]]
        ledger.once(Message, row["created_at"], lambda row=row, topic=topic: message(row, topic) if topic else None)
    call_command("update_feedback_figures", all=True, verbosity=0, stdout=StringIO())


def message(row, topic):
    made = Message(
        topic=topic,
        title=row["title"],
        body=row["body"],
        name=row["name"],
        email=row.get("email", ""),
        may_publish=row["public"],
        created_at=moment(row["created_at"]),
        stage=Message.Stage.ANSWERED if "reply" in row else Message.Stage.NEW,
    )
    start_clock(made, made.created_at)
    made.save()
    if "reply" in row:
        replied_at = moment(row["replied_at"])
        days = working_days_between(made.created_at.date(), replied_at.date())
        Reply.objects.create(
            message=made, body=row["reply"], department=row["department"], replied_at=replied_at, working_days=days,
            is_on_time=days <= topic.days,
        )  # fmt: skip
        if row["public"]:
            publish_with_proposal(made)
    return made


def identity(ledger):
    def make():
        row = data("site")["site"]
        drawn = {name: ledger.picture(row[name]) for name in ("logo", "wechat_qr", "qq_qr")}
        return SiteSettings.objects.create(**row | drawn)

    ledger.once(SiteSettings, "site", make, same=SiteSettings.objects.all())


def home_page(ledger):
    """Arrange the home page, unless somebody has arranged one already."""
    if HomeBlock.objects.exists() and not ledger.knows(HomeBlock):
        return
    for position, row in enumerate(data("site")["block"]):
        ledger.once(HomeBlock, f"block-{position}", lambda row=row, position=position: block(ledger, row, position))


def block(ledger, row, position):
    """Make a block; None where staff have deleted the column that it would show."""
    pictures = row.pop("pictures", [])
    slug = row.pop("column", None)
    column = Column.objects.filter(slug=slug).first() if slug else None
    if slug and column is None:
        return None
    made = HomeBlock.objects.create(column=column, position=position, **row)
    for place, item in enumerate(pictures):
        if picture := ledger.picture(item["picture"]):
            BlockPicture.objects.create(
                block=made, picture=picture, title=item["title"], url=item["url"], position=place
            )
    return made
