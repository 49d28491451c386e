"""What `read` makes of saved pages. The pages in saved_pages/ follow real content systems; their texts are our own."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from news.saved_page import NotAnArticle, read
from tests.news.saved_pages import make_page, page_text

SHANGHAI = ZoneInfo("Asia/Shanghai")
WIDE = str.maketrans(":-/. 0123456789", "\uff1a\uff0d\uff0f\uff0e\u3000" + "".join(map(chr, range(0xFF10, 0xFF1A))))
FURNITURE = (
    "首页", "当前位置", "发布时间", "点击量", "浏览次数", "字体", "分享", "打印", "关闭", "上一篇", "下一篇", "版权", "ICP", "责任编辑",
    "相关", "评论", "通知公告", "微信", "打开菜单", "政府部门", "留言", "教育部", "新华网", "隐藏", "看不见", "热门", "热点", "排行",
)  # fmt: skip

# page: title, columns, source, time, views, author, editor, headings
EXPECTED = {
    "bootstrap.html": ("示范区碳排放监测平台上线", ("园区",), "", "2022-12-01 17:33", 2315, "", "", ["实时", "可信"]),
    "dede.html": ("九里开发区举办职工运动会", ("新闻中心", "园内新闻"), "", "2011-05-06 10:22", 117, "", "", []),
    "disclosure.html": (
        "南屏市开发区土地集约利用办法", ("政务公开", "规范性文件"), "", "2017-02-24 00:00", 0, "", "", ["第一章 总则", "第二章 评价"],
    ),
    "html5_article.html": (
        "江湾高新区发布绿色园区建设指南", ("观察", "绿色发展"), "江湾观察", "2024-06-18 09:30", 12_000, "孙悦", "吴敏", ["能源", "废物"],
    ),
    "jpaas.html": (
        "北山市开发区考核结果公布", ("综合信息", "通报"), "市开发区办", "2021-07-02 10:41", 57, "", "",
        ["二〇二〇年度考核结果", "一、优秀等次", "二、良好等次"],
    ),
    "labels_below.html": ("关于举办统计培训班的通知", ("通知公告",), "", "2018-04-12 00:00", 96, "", "", []),
    "pictures_only.html": ("图说园区\uff1a春日里的生产线", ("图片新闻",), "本站", "2024-03-21 00:00", 0, "", "", []),
    "phpcms.html": (
        "白马湖园区服务中心揭牌", ("园区新闻",), "白马湖网", "2012-05-06 10:00", 45, "", "", ["一窗受理"],
    ),
    "plain_text.txt": (
        "江南某经济技术开发区以数字化改造带动中小企业转型", ("资讯中心", "国家级开发区动态"), "江南某经济技术开发区",
        "2021-11-30 08:05", 1530, "", "",
        ["摸清底数,一企一策开出方子", "抓住样本,同行带着同行走", "补上短板,人才培训跟着项目走"],
    ),
    "portal_divs.html": (
        "临港新区三措并举稳外贸", ("资讯中心", "国家级开发区动态"), "临港新区管委会", "2023-10-11 16:08", 3071, "", "",
        ["通关再提速", "融资更便利"],
    ),
    "short_notice.html": ("放假通知", ("通知公告",), "", "2016-09-28 00:00", 12, "", "", []),
    "tables_2005.html": (
        "云梦泽开发区标准厂房二期工程开工", ("新闻中心", "园区要闻"), "云梦泽日报", "2005-04-18 08:30", 1286, "佚名", "", [],
    ),
    "trs_meta.html": (
        "青石经济开发区\uff1a把服务送到车间门口", ("新闻动态", "园区动态"), "青石经济开发区管委会", "2022-03-15 09:20", 0, "李文静",
        "赵一鸣", ["一企一专员", "问题不过夜"],
    ),
    "vsb.html": ("我院专家赴沙溪园区开展帮扶", ("校企合作", "合作动态"), "", "2019-11-05 00:00", 318, "", "", []),
    "wrapped_text.txt": ("东洲园区建成首条无人配送线", ("要闻", "园区"), "东洲日报", "2023-04-06 08:15", 88, "何平", "", []),
    "wrappers.html": ("望江产业园工业用水重复利用率达九成", ("园区",), "望江日报", "2020-08-09 07:05", 0, "", "钱多", []),
}  # fmt: skip


def refusal(data):
    with pytest.raises(NotAnArticle) as caught:
        read(data)
    return str(caught.value)


def text_of(saved):
    return re.sub(r"<[^>]*>", "", saved.body_html)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_of_every_layout_gives_its_article(name):
    saved = read(page_text(name).encode())
    title, columns, source, time, views, author, editor, headings = EXPECTED[name]
    assert (saved.title, saved.column_path, saved.source) == (title, columns, source)
    assert saved.published_at.replace(second=0) == datetime.fromisoformat(time).replace(tzinfo=SHANGHAI)
    assert (saved.view_count, saved.author, saved.editor) == (views, author, editor)
    assert re.findall(r"<h2>(.*?)</h2>", saved.body_html) == headings


@pytest.mark.parametrize("name", EXPECTED)
def test_the_body_holds_nothing_of_the_furniture_around_it(name):
    body = text_of(read(page_text(name).encode()))
    assert [word for word in FURNITURE if word in body] == []


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("bootstrap.html", "示范区碳排放", "第三方每季度核查。\n"),
        ("dede.html", "九里开发区举办第三届", "比赛设田径、拔河等8个项目。"),
        ("phpcms.html", "白马湖园区服务中心5月5日", "平均用时缩短四成。"),
        ("trs_meta.html", "3月14日上午", "恒远轴承负责人说。"),
        ("tables_2005.html", "4月16日", "记者 陈平\uff09"),
        ("portal_divs.html", "今年以来", "在此下载。"),
        ("plain_text.txt", "走进江南", "“学的就是车间里用的。”"),
        ("labels_below.html", "各会员单位\uff1a", "2018年4月12日"),
        ("short_notice.html", "国庆节期间", "清河开发区管委会"),
        ("wrappers.html", "本报讯 走进", "管网延伸到西区。"),
        ("jpaas.html", "二〇二〇年度", "考核得分表.pdf"),
    ],
)
def test_the_body_is_whole(name, first, last):
    body = text_of(read(page_text(name).encode()))
    assert body.startswith(first)
    assert body.endswith(last)


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8-sig", "utf-16"])
def test_every_encoding_of_a_page_reads_the_same(encoding):
    text = page_text("tables_2005.html")
    assert read(text.encode(encoding)) == read(text.encode())


def test_a_charset_that_lies_is_not_believed():
    declared = '<meta charset="{}">'
    text = page_text("portal_divs.html").replace("charset=UTF-8", "charset=gb2312")
    assert read(text.encode()).title == "临港新区三措并举稳外贸"
    text = make_page(head=declared.format("utf-8")).decode()
    assert read(text.encode("gbk")).title == "园区推进绿色发展"
    data = make_page(info="来源:某开发区某园 发布时间:2023-09-08", body="<p>园区的光伏并网了</p>")
    assert data.decode("gb18030")  # as rubbish
    assert read(data).title == "园区推进绿色发展"


def test_tables_lists_and_pictures_stay():
    saved = read(page_text("trs_meta.html").encode())
    assert '<tr><td rowspan="2">类别</td><td colspan="2">件数</td></tr><tr><td>受理</td>' in saved.body_html
    assert '<img src="W020220315.files/a1.jpg" alt="服务专员在车间">' in saved.body_html
    assert saved.pictures == ("W020220315.files/a1.jpg",)
    assert "<h2>" not in saved.body_html.partition("图为服务专员")[2]
    saved = read(page_text("html5_article.html").encode())
    assert "<h3>屋顶光伏</h3>\n<ol><li>新建厂房" in saved.body_html
    assert "<li>CO<sub>2</sub>排放强度" in saved.body_html


def test_a_caption_is_no_heading_and_a_box_of_tools_amid_the_text_does_not_end_it():
    tools = '<div class="share">分享到:<a href="#">微信</a></div>'
    caption = '<p><img src="a.png"></p><p>车间里的智能小车</p>'
    saved = read(make_page(body=f"<p>园区建成光伏。</p>{tools}{caption}<p>二期工程明年开工。</p>"))
    expected = '<p>园区建成光伏。</p>|<p><img src="a.png" alt=""></p>|<p>车间里的智能小车</p>|<p>二期工程明年开工。</p>'
    assert saved.body_html == expected.replace("|", "\n")


def test_a_text_is_imported_as_it_stands():
    assert "诊断报告里写得清清楚楚。?</p>" in read(page_text("plain_text.txt").encode()).body_html
    assert "二十分钟后,停在了三公里外" in read(page_text("wrapped_text.txt").encode()).body_html


@pytest.mark.parametrize(
    "written",
    [
        "2023年09月08日 14:55", "2023-09-08 14:55", "2023/9/8 14:55:00", "2023.09.08 14:55", "2023-9-8 下午 2:55:00",
        "2023年9月8日 星期五 14:55", "2023年9月8日14时55分", "[2023-09-08 14:55]", "2023-09-08T06:55:00Z",
        "2023-09-0814:55", "2023-09-08 14:55".translate(WIDE), "20230908145500",
    ],
)  # fmt: skip
@pytest.mark.parametrize("label", ["发布时间:", "发布日期:", "时间:", "日期:", "发布时间\uff1a", "发布时间: \n"])
def test_every_usual_spelling_of_a_date_is_read(label, written):
    saved = read(make_page(info=f"来源:某开发区 {label}{written} 点击量:7"))
    assert saved.published_at == datetime(2023, 9, 8, 14, 55, tzinfo=SHANGHAI)
    assert saved.published_at.tzinfo == SHANGHAI
    assert (saved.source, saved.view_count) == ("某开发区", 7)


@pytest.mark.parametrize("written", ["2023-09-08", "2023年9月8日", "2023.09.08", "2023/09/08"])
def test_a_day_without_a_time_is_its_midnight(written):
    assert read(make_page(info=f"发布日期:{written}")).published_at == datetime(2023, 9, 8, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "written", ["2023-13-45", "2023年02月30日", "2023-09-08 25:00", "09-08", "1900-01-01", "2999-01-01"]
)
def test_a_broken_date_is_refused_and_named(written):
    assert written in refusal(make_page(info=f"来源:某开发区 发布时间:{written} 点击量:7"))
    assert written in refusal(f"园区推进绿色发展\n\n来源:甲 发布时间:{written}\n\n园区建成光伏。".encode())


def test_a_page_without_a_date_is_refused():
    assert refusal(make_page(info="来源:某开发区")) == "没有找到发布时间"
    assert refusal("园区推进绿色发展\n\n来源:甲\n\n园区建成光伏,并网发电。".encode()) == "没有找到发布时间"


def test_a_date_in_the_text_is_not_the_date_of_the_article():
    body = "<p>会议时间:2023年10月1日。</p><p>报名截止日期:2023年9月20日,成文日期:2023年9月1日。</p><p>2023年9月2日</p>"
    assert read(make_page(body=body)).published_at.day == 8
    assert refusal(make_page(info="", body=body)) == "没有找到发布时间"


@pytest.mark.parametrize(
    ("written", "views"),
    [
        ("点击量:204", 204), ("浏览量:1,204", 1204), ("浏览次数:33次", 33), ("阅读次数\uff1a5", 5), ("点击数:[318]", 318), ("点击:9", 9),
        ("阅读 1.2万", 12_000), ("人气:８", 8), ("浏览(66)", 66), ("点击量:", 0), ("点击量:" + "9" * 50, 0), ("", 0),
    ],
)  # fmt: skip
def test_every_usual_spelling_of_views_is_read(written, views):
    assert read(make_page(info=f"来源:某开发区 发布时间:2023-09-08 14:55 {written}")).view_count == views


@pytest.mark.parametrize("label", ["来源:", "来源\uff1a", "信息来源:", "稿件来源:", "文章来源\uff1a ", "来 源:"])
@pytest.mark.parametrize("after", ["", " 作者:李明", " 【字体:大 中 小】", " | 点击:3", "<span>2023-09-08</span>"])
def test_every_usual_spelling_of_the_source_is_read(label, after):
    info = f"<span>发布时间:2023-09-08</span> <span>{label}平江日报{after}</span>"
    assert read(make_page(info=info)).source == "平江日报"


@pytest.mark.parametrize(
    "crumbs",
    [
        "当前位置:首页> 资讯中心 协会动态", "您的位置:首页 >> 资讯中心 >> 协会动态 >> 正文", "您现在的位置是: 网站首页 - 资讯中心 - 协会动态",
        "首页 / 资讯中心 / 协会动态 / 园区推进绿色发展", "当前位置\uff1a<a>首页</a>&gt;<a>资讯中心</a> <a>协会动态</a>",
        '<ul class="breadcrumb"><li>首页</li><li>资讯中心</li><li>协会动态</li></ul>',
        "<b>当前位置:</b><div><a>首页</a></div><div>›</div><div>资讯中心</div><div>›</div><div>协会动态</div>",
    ],
)  # fmt: skip
def test_every_usual_breadcrumb_gives_the_columns(crumbs):
    assert read(make_page(crumbs=crumbs)).column_path == ("资讯中心", "协会动态")
