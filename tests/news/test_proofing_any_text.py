"""Proofing of whatever is written: it never fails, its places are true, and mending leaves nothing to mend."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.models import ProofWord
from news.proofing import check, mend
from news.proofing.body import Body

pytestmark = pytest.mark.django_db
quick = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

PIECES = [
    "按装", "布署", "中国", "2023年", "2月30日", "13月", "星期一", "（", "）", "(", ")", "“", "”", "‘", "’", "《", "》", "【", "】",
    ",", ".", "?", "!", ";", ":", "。", "，", "。?", "<p>", "</p>", "<strong>", "</strong>", "<br>", "&amp;", "&nbsp;", "&lt;", "<", ">",
    "<a href='file:///C:/x'>", "<a href=\"/news/1/\">", "</a>", "<img src='/media/x.png'>", "<td>", "13812345678", "\n", "\u3000", "𠮷", "\ufffd",
]  # fmt: skip
some_text = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
some_value = st.one_of(st.none(), st.integers(), st.text(max_size=30), st.lists(st.text(max_size=5), max_size=2))
some_content = st.fixed_dictionaries(
    {"title": some_text, "body": some_text},
    optional={
        "summary": some_text, "kind": some_value, "source_url": some_value, "published_at": some_value,
        "subtitle": some_value, "source_id": st.one_of(st.none(), st.integers(-1, 2**40)),
    },
)  # fmt: skip


@pytest.fixture
def words(db):
    for word, suggestion in [("按装", "安装"), ("布署", "部署")]:
        ProofWord.objects.update_or_create(word=word, defaults={"suggestion": suggestion})


@quick
@given(content=some_content)
def test_proofing_never_fails_and_tells_true_places(words, content):
    body = Body(content["body"])
    for finding in check(content):
        if finding.kind in ("source", "reprint", "picture", "link", "disk", "remote"):
            continue
        text = body.text if finding.field == "body" else content[finding.field]
        assert text[finding.start : finding.end] == finding.text


@quick
@given(content=some_content)
def test_mending_leaves_nothing_certain(words, content):
    mended = mend(content)
    assert [finding for finding in check(mended) if finding.suggestion is not None] == []
    assert mend(mended) == mended


@quick
@given(body=some_text)
def test_every_character_has_its_place_in_the_html(body):
    from html import unescape

    read = Body(body)
    for at, character in enumerate(read.text):
        for start, end in read.pieces(at, at + 1):
            assert unescape(read.html[start:end]).replace("\n", " ").replace("\r", " ") == character
