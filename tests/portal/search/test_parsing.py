import pytest

from portal.search.parsing import LENGTH_MAX, parse


@pytest.mark.parametrize(
    ("text", "words", "excluded"),
    [
        ("昆山 高新区", ("昆山", "高新区"), ()),
        ("昆山\u3000高新区", ("昆山", "高新区"), ()),
        ('"招商 引资" 昆山', ("招商 引资", "昆山"), ()),
        ("\u201c招商 引资\u201d昆山", ("招商 引资", "昆山"), ()),
        ("\u300c招商\u300d -昆山", ("招商",), ("昆山",)),
        ("招商 \uff0d\u201c昆山 市\u201d", ("招商",), ("昆山 市",)),
        ("開發區 ＡＢ", ("开发区", "ab"), ()),
        ("covid-19 5G", ("covid-19", "5g"), ()),
        ('"没有结束', ("没有结束",), ()),
        ("昆山 昆山", ("昆山",), ()),
        ("a\x00b \ud800 \u200b", ("ab",), ()),
        ("%_'*", ("%_'*",), ()),
        ("-", ("-",), ()),
        ("😀", ("😀",), ()),
    ],
)
def test_a_query_means(text, words, excluded):
    query = parse(text)
    assert (query.words, query.excluded, query.problem) == (words, excluded, "")


@pytest.mark.parametrize(
    "text",
    ["-昆山", '""', "\u201c\u201d", "\ud800", "字" * (LENGTH_MAX + 1), "一 " * 9 + "二 三 四 五 六 七 八 九 十 甲 乙"],
)
def test_what_cannot_be_searched_says_why(text):
    assert parse(text).problem


def test_nothing_asked_is_no_problem():
    assert parse("").problem == parse("  ").problem == ""
