"""Two texts side by side: nothing lost, nothing invented, whole words marked."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.comparing import compare, compare_html
from news.comparing.blocks import blocks_of
from portal.richtext.cleaning import clean

TEXTS = st.text(alphabet="的了园区发展。，\n A1.b", max_size=60)
BODIES = st.lists(
    st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["p", "h2", "li", "blockquote", "strong"]),
        st.text("园区发展。a1 ", max_size=12),
    )
    | st.just('<table><tr><td>面积</td><td colspan="2">12</td></tr></table>')
    | st.just('<p><img src="/media/a.png" alt="园区" width="3"></p>'),
    max_size=6,
).map("".join)


def side(rows, name, *, without=""):
    cells = [getattr(row, name) for row in rows]
    return ["".join(piece.text for piece in cell.pieces if piece.mark != without) for cell in cells if cell]


def marked(rows):
    """What is marked on each side, a list of phrases each."""
    found = {"gone": [], "new": []}
    for row in rows:
        for cell in (row.left, row.right):
            for piece in cell.pieces if cell else []:
                if piece.mark != "same":
                    found[piece.mark].append(piece.text)
    return found["gone"], found["new"]


def common(rows):
    left = "".join(side(rows, "left", without="gone"))
    return left, "".join(side(rows, "right", without="new"))


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_the_sides_are_the_texts_and_what_is_unmarked_is_common(old, new):
    rows = compare(old, new)
    assert side(rows, "left") == old.splitlines()
    assert side(rows, "right") == new.splitlines()
    left, right = common(rows)
    assert left == right


@settings(max_examples=200, deadline=None)
@given(BODIES, BODIES)
def test_the_sides_of_rich_text_are_its_blocks(old, new):
    old, new = clean(old), clean(new)
    rows = compare_html(old, new)
    assert side(rows, "left") == [block.text for block in blocks_of(old)]
    assert side(rows, "right") == [block.text for block in blocks_of(new)]
    left, right = common(rows)
    assert left == right
    assert any(row.is_changed for row in rows) == (blocks_of(old) != blocks_of(new))


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("坚持绿色低碳发展。", "坚持绿色发展。", ["低碳"], []),
        ("工业增加值增长8%。", "工业增加值同比增长8.5%。", ["8%"], ["同比", "8.5%"]),
        ("会议由张三主持。", "会议由李四同志主持。", ["张三"], ["李四同志"]),
        ("Beijing Daxing 开区", "Beijing Tianjin 开区", ["Daxing"], ["Tianjin"]),
        ("发布于1999年。", "发布于2009年。", ["1999"], ["2009"]),
    ],
)
def test_words_are_marked_and_not_paragraphs(old, new, gone, come):
    assert marked(compare_html(f"<p>{old}</p>", f"<p>{new}</p>")) == (gone, come)


def test_a_paragraph_between_others_is_new_and_the_others_are_not():
    rows = compare_html(
        "<p>第一段讲园区。</p><p>第二段讲协会。</p>", "<p>第一段讲园区。</p><p>新加。</p><p>第二段讲协会。</p>"
    )
    assert [(row.left is None, row.is_changed) for row in rows] == [(False, False), (True, True), (False, False)]


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ('<p><a href="/a/">通知</a></p>', '<p><a href="/b/">通知</a></p>', "链接到 /b/"),
        ("<p>通知</p>", "<p><strong>通知</strong></p>", "加粗"),
        ('<p><img src="/media/a.png" alt="图"></p>', '<p><img src="/media/b.png" alt="图"></p>', "b.png"),
        ('<p><img src="/m/a.png" width="3"></p>', '<p><img src="/m/a.png" width="4"></p>', "a.png，4"),
    ],
)
def test_what_is_no_word_is_a_change_too(old, new, seen):
    (row,) = compare_html(old, new)
    assert row.is_changed
    assert [piece.look for piece in row.right.pieces if piece.mark == "new"] == [seen]


def test_tables_are_compared_by_row_with_their_joined_cells():
    row = "<tr><td>面积</td><td>{}</td></tr>"
    table = "<table><tbody>{}</tbody></table>"
    rows = compare_html(table.format(row.format(12)), table.format(row.format(13)))
    assert marked(rows) == (["12"], ["13"])
    rows = compare_html("<table><tr><td>甲</td></tr></table>", '<table><tr><td colspan="2">甲</td></tr></table>')
    assert marked(rows) == ([], ["〔合并2列〕"])


def test_the_kind_of_a_block_is_part_of_it():
    (row,) = compare_html("<p>主要做法</p>", "<h2>主要做法</h2>")
    assert row.is_changed
    assert (row.left.kind, row.right.kind) == ("", "标题")


def long_text(length):
    return [
        f"第{n}段，园区{n % 7}建成分布式光伏，年发电{n * 37}万度，推进绿色低碳发展。" * 4 for n in range(length // 130)
    ]


@pytest.mark.parametrize("join", ["\n", ""])
def test_thirty_thousand_characters_are_compared_at_once(join):
    old = long_text(30_000)
    new = [text.replace("推进", "加快推进").replace("万度", "万千瓦时") for text in old]
    for left, right in [(old, new), (["的了" * 15_000], ["了了的" * 10_000]), (["的"] * 15_000, ["了", "的"] * 7_500)]:
        started = time.process_time()
        compare(join.join(left), join.join(right))
        assert time.process_time() - started < 20  # seconds, where looking at every pair takes many minutes
