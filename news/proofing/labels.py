"""What has to stand beside the text: descriptions of pictures, the source, the right to reprint."""

from news.models.sources import Source
from news.proofing.findings import Finding, Level


def find(texts):
    yield from _pictures(texts.body)
    yield from _source(texts.content)


def _pictures(body):
    for number, (at, attributes) in enumerate(body.pictures):
        if not attributes.get("alt", "").strip():
            message = f"第 {number + 1} 张图片没有图片说明，看不到图的读者不知道图上有什么。"
            yield Finding("body", at, at, attributes.get("src", ""), "picture", Level.WARN, message, picture=number)


def _source(content):
    key = content.get("source_id")
    if not key and not content.get("source_name"):
        message = "来源没有填写。国办发〔2017〕47号要求文章注明来源。"
        yield Finding("source", 0, 0, "", "source", Level.WARN, message)
    if content.get("kind") != "reprint" or not isinstance(key, int):
        return
    source = Source.objects.filter(pk=key).first()
    if source and source.may_reprint != Source.MayReprint.YES:
        is_known = source.may_reprint == Source.MayReprint.NO
        state = "不允许转载" if is_known else "是否允许转载还不清楚"
        message = f"“{source.name}”{state}，转载前请取得许可，并在“来源”里登记。"
        yield Finding("source", 0, len(source.name), source.name, "reprint", Level.WARN, message)
