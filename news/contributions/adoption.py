"""采用: a submission becomes the draft of an article, and that goes into the reviews."""

import hashlib
import html

from django.db import transaction
from PIL import Image

from news import review, versions
from news.contributions import steps
from news.contributions.files import read_kept
from news.models import Article, Column, Role
from news.roles import can
from news.word import WordRefused, with_kept_pictures
from portal.models import Picture
from portal.pictures import Checked
from portal.richtext.cleaning import clean
from portal.views.editor import placed


def adopt(submission, *, column, source, by, address=""):
    """Return the draft Article made of `submission` in `column`, with `source` (a Source, new or kept) as its source.

    Once only: where it was adopted already, that article comes back. Raises steps.Refused.
    """
    if not can(by, Role.EDITOR, column):
        raise steps.Refused("您在这个栏目没有编辑的权限。")
    if submission.stage == steps.Stage.ADOPTED and submission.article:
        return submission.article
    body = body_of(submission, by=by)  # pictures come before the lock: kept twice, they are the same pictures
    with transaction.atomic():
        row = steps.locked(submission)
        if row.stage == steps.Stage.ADOPTED and row.article:
            return row.article
        row = steps.at_desk(row)
        article = _draft(row, body, column=column, source=source, by=by)
        row.article, row.stage = article, steps.Stage.ADOPTED
        row.save(update_fields=["article", "stage"])
        steps.note(row, steps.Act.ADOPT, by=by, address=address, summary=f"文章 {article.pk}")
    return article


def _draft(row, body, *, column, source, by):
    if source is not None and source.pk is None:
        source.save()
    article = Article.objects.create(
        title=row.title, column=column, kind=Article.Kind.SUBMISSION, source=source, author=row.author, body=body, created_by=by
    )  # fmt: skip
    versions.record_first(article, versions.content_of(article), by=by, reason=f"采用投稿 {row.shown_number}")
    return article


def submitted(article, *, by, address=""):
    """Hand the new draft in for its reviews; return what there is to say where that is not possible yet."""
    if not Column.objects.review_levels()[article.column_id]:
        return "这个栏目不需要审核：请核对以后在文章页面发布。"
    try:
        review.submit(article, by=by, address=address)
    except review.Refused as refusal:
        return f"还没有送审：{refusal}"
    return ""


def body_of(submission, *, by):
    """Return the clean HTML of a submission, its pictures brought into the library, those beside the text at the end."""
    rows = list(submission.files.all())
    documents, pictures = [row for row in rows if row.is_document], [row for row in rows if not row.is_document]
    try:
        text = documents and with_kept_pictures(read_kept(documents[0]), uploaded_by=by)
        shown = [_element(_kept(row, by)) for row in pictures]
    except WordRefused as refusal:
        raise steps.Refused(f"Word 文档读不出来：{refusal}") from refusal
    except OSError as error:
        raise steps.Refused("稿件的文件不见了，请退回，请投稿人重新上传。") from error
    return clean("".join([str.__str__(text or paragraphs(submission.body)), *shown]))


def paragraphs(text):
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)


def _kept(row, by):
    """Bring a picture into the library as it lies in the holding, where it was re-encoded already."""
    with row.file.open("rb") as file:
        data = file.read()
        file.seek(0)
        width, height = Image.open(file).size
    name = row.name.rpartition(".")[0]
    extension = f".{row.file.name.rpartition('.')[2]}"
    digest = hashlib.sha256(data).hexdigest()
    checked = Checked(data, extension, width, height, name, row.digest, digest, data)
    return Picture.objects.keep(checked, uploaded_by=by)


def _element(picture):
    place = {name: html.escape(str(value)) for name, value in placed(picture).items()}
    return f'<p><img src="{place["url"]}" alt="{place["alt"]}" width="{place["width"]}" height="{place["height"]}"></p>'
