"""Proofing: what is found in an article, where, and what mending leaves."""

import pytest

from news.models import ProofWord
from news.proofing import Level, check, mend
from tests.factories import make_article, make_column, make_picture, make_source

pytestmark = pytest.mark.django_db


def found(finding_kind, body="", **content):
    """The texts that are found of one kind, with what they become."""
    content = {"source_id": 1, "body": body, **content}
    return [(finding.text, finding.suggestion) for finding in check(content) if finding.kind == finding_kind]


def texts(finding_kind, body="", **content):
    return [text for text, _ in found(finding_kind, body, **content)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>工程布署已经按装完毕。</p>", [("布署", "部署"), ("按装", "安装")]),
        ("<p>按<strong>装</strong>设备</p>", [("按装", "安装")]),
        ("<p>新增容量按装机规模计算，既使用电也发电。</p>", []),
        ("<p>按</p><p>装</p>", []),
        ("<p>中华人民共合国</p>", [("中华人民共合国", "中华人民共和国")]),
    ],
)
def test_wrong_words_are_found_but_not_inside_right_ones(body, expected):
    for word, suggestion, exceptions in [
        ("按装", "安装", "按装机"), ("布署", "部署", ""), ("既使", "即使", "既使用"), ("中华人民共合国", "中华人民共和国", ""),
    ]:  # fmt: skip
        ProofWord.objects.update_or_create(word=word, defaults={"suggestion": suggestion, "exceptions": exceptions})
    assert found("wrong", body) == expected


def test_a_list_that_nobody_has_changed_yet_is_read_too(monkeypatch):
    from news.models import ProofWordEdition
    from news.proofing import words

    monkeypatch.setattr(words, "kept", words._Kept())
    ProofWord.objects.update_or_create(word="布署", defaults={"suggestion": "部署"})
    ProofWordEdition.objects.all().delete()  # as the migration that brings the starting list leaves it
    assert found("wrong", "<p>布署</p>") == [("布署", "部署")]


def test_a_changed_list_counts_at_once_and_an_unchanged_one_is_not_read_again(django_assert_num_queries):
    body = "<p>本市新闻头条发布。</p>"
    assert found("wrong", body) == []
    word = ProofWord.objects.create(word="新闻头条", suggestion="要闻")
    assert found("wrong", body) == [("新闻头条", "要闻")]
    with django_assert_num_queries(1):  # the edition alone
        check({"body": body, "source_id": 1})
    ProofWord.objects.filter(pk=word.pk).update(is_active=False)
    assert found("wrong", body) == []
    ProofWord.objects.filter(pk=word.pk).update(is_active=True)
    word.delete()
    assert found("wrong", body) == []


def test_the_level_of_a_word_decides_whether_it_stops():
    ProofWord.objects.create(word="某某禁语", level="block", kind="sensitive")
    ProofWord.objects.create(word="某某旧称", level="warn", kind="sensitive")
    levels = {f.text: f.level for f in check({"body": "<p>某某禁语，某某旧称。</p>", "source_id": 1})}
    assert levels == {"某某禁语": Level.BLOCK, "某某旧称": Level.WARN}


def test_personal_data_stops_and_other_numbers_do_not():
    body = "<p>联系人：王某，13812345678，身份证11010519491231002X，卡号6222021234567890128。</p>"
    assert texts("personal", body) == ["13812345678", "11010519491231002X", "6222021234567890128"]
    # A wrong check digit, a project number, sums of money.
    assert texts("personal", "<p>编号110105194912310021，产值12345678901元，项目2023-110105-04-01-123456。</p>") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年2月30日召开", ["2023年2月30日"]),
        ("2023 年 2 月 30 日", ["2023 年 2 月 30 日"]),
        ("2024年2月29日", []),
        ("2023年2月29日", ["2023年2月29日"]),
        ("2月29日", []),
        ("４月３１日", ["４月３１日"]),
        ("二〇二三年二月三十日", ["二〇二三年二月三十日"]),
        ("十三月", ["十三月"]),
        ("2023年13月", ["2023年13月"]),
        ("6月31号", ["6月31号"]),
        ("2023-02-30", ["2023-02-30"]),
        ("2023.2.30", ["2023.2.30"]),
        ("2023/13/01", ["2023/13/01"]),
        ("10.12月、3个月、10月龄、电话010-2023-4567、版本2023.45.67", []),
        ("二十二日、十二月三十一日、2023年12月", []),
    ],
)
def test_dates_that_the_calendar_does_not_have(text, expected):
    assert texts("date", f"<p>{text}</p>") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年9月8日（星期五）", []),
        ("2023年9月8日（星期一）", ["2023年9月8日（星期一"]),
        ("2023年9月8日(周一)", ["2023年9月8日(周一"]),
        ("2023年9月10日，星期天", []),
        ("2023-09-08 星期一", ["2023-09-08 星期一"]),
        ("二〇二三年九月八日星期一", ["二〇二三年九月八日星期一"]),
        ("12月31日（星期日）", []),  # of the year that is nearest to the publication
        ("1月5日（星期日）", ["1月5日（星期日"]),
    ],
)
def test_days_of_the_week_that_do_not_belong_to_their_date(text, expected):
    published = "2024-01-03T09:00:00+08:00"
    assert texts("weekday", f"<p>{text}</p>", published_at=published) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“好。”《通知》（试行）【提示】", []),
        ("“园区‘双碳’行动”", []),
        ("他说：“好。", ["“"]),
        ("好。”", ["”"]),
        ("关于《通知", ["《"]),
        ("（一）目标；1）任务；a)办法", []),
        ("（甲“乙）丙”", ["“", "”"]),
        ("(试行", ["("]),
        ("Xi’an的it’s", []),
        ("【提示", ["【"]),
        ("数组[1]与[2", ["["]),
    ],
)
def test_marks_that_stand_alone_or_cross(text, expected):
    assert texts("pairs", f"<p>{text}</p>") == expected


def test_a_quotation_of_several_paragraphs_is_no_mistake():
    assert texts("pairs", "<p>他说：“第一段。</p><p>“第二段。”</p>") == []
    assert texts("pairs", "<p>（第一段</p><p>第二段）</p>") == ["（", "）"]


def test_a_bracket_with_halves_of_two_widths_is_mended():
    assert found("pairs", "<p>通知（试行)</p>") == [(")", "）")]
    assert mend({"body": "<p>通知（试行)</p>"})["body"] == "<p>通知（试行）</p>"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("园区发展,成效明显;再接再厉!", "园区发展，成效明显；再接再厉！"),
        ("会议结束.", "会议结束。"),
        ("办法(试行)印发", "办法（试行）印发"),
        ("增长3.5%,比例1:2,GDP,a,b", "增长3.5%,比例1:2,GDP,a,b"),
        ("完成。?下一段", "完成。下一段"),
        ("完成。?", "完成。"),
        ("为什么?因为", "为什么？因为"),
        ("是吗？", "是吗？"),
    ],
)
def test_punctuation_is_mended(text, mended):
    assert mend({"body": f"<p>{text}</p>"})["body"] == f"<p>{mended}</p>"


def test_a_dot_between_han_characters_is_left_to_the_editor():
    assert found("halfwidth", "<p>卡尔.马克思</p>") == [(".", None)]


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("新增12个项目", "<p>十二个项目开工。</p>", []),
        ("产值1,200亿元", "<p>产值1200亿元。</p>", []),
        ("２０２３年增长8.0%", "<p>2023年增长8%。</p>", []),
        ("新增15个项目", "<p>新增12个项目。</p>", ["15"]),
        ("新增15个项目", "", []),
    ],
)
def test_numbers_of_the_title_stand_in_the_body(title, body, expected):
    assert texts("number", body, title=title) == expected


def test_links_to_the_editors_own_disk_and_network_stop():
    raw = (
        '<p><a href="file:///C:/a.doc">甲</a><a href="C:\\文件\\a.doc">乙</a><a href="http://localhost/x">丙</a>'
        '<a href="http://127.0.0.1:8000/">丁</a><a href="http://192.168.1.2/x">戊</a><a href="http://10.0.0.8/">己</a>'
        '<a href="http://[::ffff:10.0.0.1]/">庚</a><img src="file:///C:/x.png"></p>'
    )
    problems = [f for f in check({"body": raw, "source_id": 1}) if f.kind == "disk"]
    assert [f.text for f in problems[:7]] == list("甲乙丙丁戊己庚")
    assert len(problems) == 8
    assert all(f.blocks for f in problems)
    assert texts("disk", source_url="http://192.168.0.1/a") == ["http://192.168.0.1/a"]


def test_links_inside_the_site_lead_somewhere():
    article, column = make_article(), make_column()
    picture = make_picture()
    good = [
        f"/news/{article.pk}/",
        f"/news/{column.slug}/",
        "/zones/",
        picture.file.url,
        "https://example.org/a",
        "/?q=1",
    ]
    bad = ["/news/999999/", "/news/no-such/", "/nothing/", "/media/pictures/2020/01/" + "0" * 32 + ".jpg", "www.example.org", "http://", "#nowhere", "/admin/"]  # fmt: skip
    body = "<p>{}</p>".format("".join(f'<a href="{href}">{href}</a>' for href in good + bad))
    assert texts("link", body) == bad
    assert texts("link", "<p><a>空</a></p>") == ["空"]


def test_pictures_want_a_description_and_articles_a_source():
    body = '<p><img src="/media/a.png" alt="园区"><img src="/media/b.png"></p>'
    assert [(f.text, f.picture) for f in check({"body": body}) if f.kind == "picture"] == [("/media/b.png", 1)]
    assert [f.field for f in check({"body": "<p>正文。</p>"})] == ["source"]


def test_a_reprint_wants_a_source_that_permits_it():
    for permission, expected in [("yes", 0), ("no", 1), ("unknown", 1)]:
        source = make_source(may_reprint=permission)
        assert len(found("reprint", source_id=source.pk, kind="reprint")) == expected
        assert found("reprint", source_id=source.pk, kind="own") == []


def test_a_place_in_the_text_is_a_place_in_the_html():
    ProofWord.objects.update_or_create(word="按装", defaults={"suggestion": "安装"})
    body = "<p>A&amp;B &lt;甲&gt;按<em>装</em>设备&nbsp;按装</p><p>中国,世界</p>"
    assert mend({"body": body})["body"] == "<p>A&amp;B &lt;甲&gt;安装<em></em>设备&nbsp;安装</p><p>中国，世界</p>"


def test_the_starting_list_is_there_and_holds_together():
    from news.proofing_words import starting_words

    words = starting_words()
    assert len(words) >= 300
    for word in words:
        ProofWord(**word).full_clean(validate_unique=False)
    assert {"按装", "既使", "帐号", "布署", "中华人民共合国", "扫黑险恶"} <= {word["word"] for word in words}
