"""What a new version changes, in one line for the reviewer."""

from news.models import ArticleVersion
from portal.richtext.cleaning import plain_text

NAMED = {
    "title": "标题", "subtitle": "副标题", "column_id": "栏目", "source_id": "来源", "source_url": "原文地址",
    "author": "作者", "editor": "责任编辑", "summary": "摘要", "cover_id": "封面图", "published_at": "发布时间",
    "expires_at": "下线时间", "tags": "标签", "attachments": "附件",
}  # fmt: skip


def summary_of(version, before):
    """Return what `version` changes against the version `before` (None: it is the first)."""
    length = len(plain_text(version.content["body"]))
    if before is None:
        return f"首次发布，正文 {length} 字"
    old, new = before.content, version.content
    words = [name for key, name in NAMED.items() if old.get(key) != new.get(key)]
    if old["body"] != new["body"]:
        difference = length - len(plain_text(old["body"]))
        words.append(f"正文（{difference:+d} 字）" if difference else "正文")
    return f"与{before}相比，改了{'、'.join(words)}" if words else f"与{before}内容相同"


def approved_before(run):
    """Return the version that stood last before the run's: the live one, or what an earlier run approved."""
    live = run.article.live_version
    if live:
        return live
    approved = ArticleVersion.objects.filter(article=run.article_id, pk__in=approved_versions(run))
    return approved.order_by("-number").first()


def approved_versions(run):
    runs = type(run).objects.filter(article=run.article_id, state=run.State.APPROVED)
    return runs.exclude(kind=run.Kind.WITHDRAW).exclude(pk=run.pk).values("version")
