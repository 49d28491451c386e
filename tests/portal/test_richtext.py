"""The promise: whatever is written, by whichever way, only what the allow-list names is in the database."""

import html
import re
from html.parser import HTMLParser

import pytest
from django.core import serializers
from django.db import connection
from django.template import Context, Template
from hypothesis import example, given, settings
from hypothesis import strategies as st

from news.models import Article, Column
from portal.richtext.cleaning import ATTRIBUTES, TAGS, CleanHtml, clean, plain_text
from portal.richtext.fields import BODY_MAX, RichTextFormField
from tests.factories import make_article, make_association, make_column

DIRTY = '<p onclick="x()">好<script>alert(1)</script><a href="javascript:alert(1)">链接</a></p>'
CLEAN = '<p>好<a rel="noopener noreferrer">链接</a></p>'


def as_text(value):
    return str.__str__(value)


# What stays -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kept",
    [
        "<h2>一、总体情况</h2><h3>（一）主要指标</h3><h4>1.说明</h4>",
        '<p style="text-indent:2em">首行缩进。</p>',
        '<p style="text-align:center"><strong>通知</strong></p>',
        '<p style="text-align:right">二〇二六年十一月</p>',
        '<table><tbody><tr><th scope="row" rowspan="2">指标</th><td colspan="3">数值</td></tr></tbody></table>',
        '<td style="text-align:center;vertical-align:middle">',
        "<ol><li>甲</li><li>乙<ul><li>丙</li></ul></li></ol>",
        '<ol start="3" type="a"><li value="5">戊</li></ol>',
        '<p>正文<sup id="fnref-1"><a href="#fn-1" id="fnref1" rel="noopener noreferrer">[1]</a></sup></p>',
        '<img src="/media/pictures/2026/11/a.webp" alt="园区全景" width="640" height="360">',
        '<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">外部</a>',
        '<a href="mailto:office@example.org" rel="noopener noreferrer">邮箱</a>',
        "<blockquote><p>引文</p></blockquote><hr><p>H<sub>2</sub>O、m<sup>2</sup></p>",
    ],
)
def test_what_documents_need_stays(kept):
    kept = f"<table><tbody><tr>{kept}文</td></tr></tbody></table>" if kept.startswith("<td") else kept
    assert sorted(re.findall(r'[\w-]+="[^"]*"|<\w+|[^<>"=\s]+', clean(kept))) == sorted(
        re.findall(r'[\w-]+="[^"]*"|<\w+|[^<>"=\s]+', kept)
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<h1>标题</h1>", "<h2>标题</h2>"),
        ('<p style="color:red;font-family:宋体;font-size:9pt">字</p>', "<p>字</p>"),
        ('<p style="TEXT-INDENT: 21.0pt; margin-left:3em">字</p>', '<p style="text-indent:2em">字</p>'),
        ('<p style="text-indent:0cm">字</p>', '<p style="text-indent:0">字</p>'),
        ('<p style="text-indent:expression(alert(1))">字</p>', "<p>字</p>"),
        ('<p style="text-align:start;text-align:url(//x)">字</p>', '<p style="text-align:left">字</p>'),
        ('<span style="font-weight:700">字</span>', '<span style="font-weight:bold">字</span>'),
        ('<p class="MsoNormal" id="location">字</p>', "<p>字</p>"),
        ("<font color=red>字</font><center>中</center>", "字中"),
        ('<img src="/media/a.webp">', '<img alt="" src="/media/a.webp">'),
    ],
)
def test_what_is_rewritten(written, kept):
    assert clean(written) == kept


def test_pictures_of_other_sites_become_links():
    assert (
        clean('<img src="https://mmbiz.example.org/x.png" alt="现场 &lt;1&gt;">')
        == '<a class="remote-picture" href="https://mmbiz.example.org/x.png" rel="noopener noreferrer">[现场 &lt;1&gt;]</a>'
    )
    assert clean('<img src="file:///C:/a.png"><img src="data:image/png;base64,AA">') == "[图片][图片]"
    assert "<img" not in clean(
        '<img src="//evil.example/x.png"><img src="/\t/evil.example/x.png"><img src="\\\\evil\\x">'
    )


# What goes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="JaVaScRiPt:alert(1)">x</a>',
        '<a href=" java\tscript&colon;alert(1)">x</a>',
        '<a href="&#106;&#97;vascript:alert(1)">x</a>',
        '<a href="vbscript:x">x</a><a href="data:text/html,<script>alert(1)</script>">y</a>',
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object><embed src=x>",
        "<template><img src=x onerror=alert(1)></template>",
        "<textarea></textarea><xmp><img src=x onerror=alert(1)></xmp><select><option>x</select>",
        '<p data-cke-saved-onclick="alert(1)" data-cke-pa-onclick="alert(1)">x</p>',
        "<!--{cke_protected}%3Cscript%3Ealert(1)%3C%2Fscript%3E--><p>x</p>",
        '<a href="//evil.example/">x</a><a href="\\\\evil.example">y</a><a href="/\n/evil.example">z</a>',
        "<form action=//evil><input name=x><button formaction=javascript:alert(1)>x</button></form>",
        "<base href=//evil><link rel=stylesheet href=//evil><meta http-equiv=refresh content=0>",
        "<p style=\"background:url('javascript:alert(1)')\">x</p>",
        "<a name=cookie id=cookie class=nav>x</a>",
        "<!--[if IE]><script>alert(1)</script><![endif]--><![CDATA[<script>alert(1)</script>]]>",
    ],
)
def test_nothing_that_runs_survives(hostile):
    assert_harmless(clean(hostile))


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, attrs))


def assert_harmless(cleaned):
    reader = Reader()
    reader.feed(as_text(cleaned))
    for tag, attributes in reader.seen:
        assert tag in TAGS - {"h1"}
        for name, value in attributes:
            assert name in ATTRIBUTES.get(tag, set()) | {"rel", "class"}
            if name in ("href", "src"):
                address = re.sub(r"[\x00-\x20]", "", html.unescape(value)).lower()
                assert re.match(r"(https?:|mailto:|tel:|/(?![/\\])|#|[^:/\\]*(?:[/?#]|$))", address), address
            if name == "src":
                assert value.startswith("/")
            if name == "class":
                assert value == "remote-picture"
            if name == "style":
                assert re.fullmatch(r"[a-z-]+:[a-z0-9-]+(;[a-z-]+:[a-z0-9-]+)*", value)


NAMES = [
    *sorted(TAGS),
    "script",
    "style",
    "svg",
    "math",
    "noscript",
    "template",
    "button",
    "object",
    "font",
    "title",
    "mglyph",
]
VALUES = [
    "javascript:alert(1)", " jAva\tscript:alert(1)", "//evil.example", "/\t/evil", "https://example.org/", "/media/a.png", "data:x",
    "text-indent:2em;color:red", "text-align:center", "width:expression(1)", "2", "fn-1", "<b>", '"><img src=x onerror=1>', "_blank",
]  # fmt: skip
attribute = st.builds(
    '{}="{}"'.format,
    st.sampled_from(
        ["href", "src", "style", "onclick", "class", "id", "title", "alt", "colspan", "data-cke-saved-src", "target"]
    ),
    st.sampled_from(VALUES).map(lambda value: value.replace('"', "&quot;")) | st.text(max_size=8),
)
piece = st.one_of(
    st.builds(
        lambda name, given: f"<{' '.join([name, *given])}>", st.sampled_from(NAMES), st.lists(attribute, max_size=3)
    ),
    st.sampled_from(NAMES).map(lambda name: f"</{name}>"),
    st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&amp;lt;", "&#0;", '"', "'", "<", ">", "&nbsp;"]),
    st.text(max_size=6),
)
documents = st.lists(piece, max_size=14).map("".join) | st.text(max_size=60)


@given(documents)
@example("<p><button><p>x")
@example('<a href="/a"><img src="https://example.org/x.png"></a>')
@example("<h1><div><h1>x")
@example("<table><a><tr><td><a>")
@settings(max_examples=400, deadline=None)
def test_cleaning_twice_changes_nothing_and_nothing_runs(document):
    cleaned = clean(document)
    assert clean(as_text(cleaned)) == cleaned
    assert_harmless(cleaned)
    assert "\x00" not in cleaned


@given(documents)
@settings(max_examples=150, deadline=None)
def test_the_text_of_a_document_has_no_tags(document):
    assert "\x00" not in plain_text(clean(document))


@pytest.mark.parametrize(
    "bomb",
    ["<div>" * 90_000, "".join(f"<b id=x{i}><p>" for i in range(30_000)), "<table><tr><td>" * 30_000, "<" * 400_000],
)
def test_a_document_nested_beyond_reason_costs_nothing(bomb):
    assert len(clean(bomb)) <= 6 * len(bomb)


# Every way of writing -------------------------------------------------------------------------


def stored(article):
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM news_article WHERE id = %s", [article.pk])
        return cursor.fetchone()[0]


def write_by_save(article):
    article.body = DIRTY
    article.save()


def write_by_bulk_update(article):
    article.body = DIRTY
    Article.objects.bulk_update([article], ["body"])


def write_by_loaddata(article):
    article.body = DIRTY
    text = serializers.serialize("json", [article])
    for loaded in serializers.deserialize("json", text):
        loaded.save()


WAYS = {
    "save": write_by_save,
    "update": lambda article: Article.objects.filter(pk=article.pk).update(body=DIRTY),
    "bulk_update": write_by_bulk_update,
    "update_or_create": lambda article: Article.objects.update_or_create(pk=article.pk, defaults={"body": DIRTY}),
    "loaddata": write_by_loaddata,
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_changing_cleans(way):
    article = make_article()
    WAYS[way](article)
    assert stored(article) == CLEAN


@pytest.mark.django_db
def test_every_way_of_making_cleans():
    column = make_column()
    values = {"column": column, "body": DIRTY}
    created = Article.objects.create(title="甲", **values)
    got, _ = Article.objects.get_or_create(title="乙", defaults=values)
    (bulk,) = Article.objects.bulk_create([Article(title="丙", **values)])
    assert {stored(article) for article in (created, got, bulk)} == {CLEAN}
    column.body = DIRTY
    column.save()
    assert Column.objects.get(pk=column.pk).body == CLEAN
    assert type(make_association(introduction=DIRTY).introduction) is CleanHtml


@pytest.mark.django_db
def test_stored_text_prints_as_html_and_assigned_text_is_escaped():
    article = make_article(body="<p>好</p>")
    show = Template("{{ article.body }}")
    assert show.render(Context({"article": Article.objects.get(pk=article.pk)})) == "<p>好</p>"
    article.body = "<script>alert(1)</script>"
    assert show.render(Context({"article": article})) == "&lt;script&gt;alert(1)&lt;/script&gt;"


# The form -------------------------------------------------------------------------------------


def test_the_editor_gets_its_text_escaped():
    """Within a textarea, `&lt;b&gt;` printed as it is would come back as bold text."""
    field = RichTextFormField()
    value = field.prepare_value(CleanHtml("<p>&lt;b&gt;</p>"))
    assert "&lt;p&gt;&amp;lt;b&amp;gt;&lt;/p&gt;" in field.widget.render("body", value, attrs={"id": "id_body"})


def test_the_form_cleans_and_has_a_limit():
    assert RichTextFormField().clean(DIRTY) == CLEAN
    with pytest.raises(Exception, match=str(BODY_MAX)):
        RichTextFormField().clean("字" * (BODY_MAX + 1))
