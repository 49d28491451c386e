"""Pages on which the title, the date or the body could be taken for something else."""

import pytest

from news.saved_page import read
from tests.news.saved_pages import make_page, page_text

BODY = "<p>园区建成分布式光伏,年发电量可以满足三成用电需要。</p>"


def page(content, *, head=""):
    return read(f'<html><head><meta charset="utf-8">{head}</head><body>{content}</body></html>'.encode())


def test_the_name_of_the_site_is_not_the_title():
    links = '<ul><li><a href="/">首页</a></li><li><a href="/n">动态</a></li></ul>'
    info = "<div>来源:某开发区 发布时间:2023-09-08</div>"
    head = "<title>平江市开发区协会</title>"
    saved = page(f"<h1>平江市开发区协会</h1>{links}<h2>园区推进绿色发展</h2>{info}{BODY}", head=head)
    assert saved.title == "园区推进绿色发展"
    saved = page(f"<h1>园区推进绿色发展</h1><h2>可再生能源占比再创新高</h2>{info}{BODY}")
    assert saved.title == "园区推进绿色发展"


@pytest.mark.parametrize("title", ["<div>园区推进绿色发展</div>", '<div class="title">园区推进绿色发展</div>'])
def test_a_title_without_a_heading_is_the_line_above_the_labels_or_what_the_head_says(title):
    crumbs, info = "<div>当前位置:首页 &gt; 动态</div>", "<div>来源:某开发区 发布时间:2023-09-08</div>"
    assert page(f"{crumbs}{title}{info}{BODY}").title == "园区推进绿色发展"
    head = "<title>园区推进绿色发展_协会动态_平江市开发区协会</title>"
    assert page(f"<div>欢迎访问本站</div>{title}<div>摘要</div>{info}{BODY}", head=head).title == "园区推进绿色发展"
    assert page(f'<div class="crumb">首页</div>{info}{BODY}', head=head).title == "园区推进绿色发展"


def test_a_subtitle_is_kept_apart():
    saved = page(f"<h1>园区推进绿色发展</h1><p>——某开发区调查</p><p>来源:甲 发布时间:2023-09-08</p>{BODY}")
    assert (saved.title, saved.subtitle) == ("园区推进绿色发展", "某开发区调查")
    assert "调查" not in saved.body_html


def test_the_date_is_the_one_below_the_title():
    notice = "<div><p>关于缴纳会费的通知</p><p>来源:秘书处 发布时间:2020-01-01 点击量:3</p></div>"
    saved = page(f"{notice}<h1>园区推进绿色发展</h1><p>时间:2023-09-08 点击:5</p>{BODY}{notice}")
    assert (saved.published_at.year, saved.view_count) == (2023, 5)


def test_a_date_alone_below_the_title_is_enough():
    assert read(make_page(info="2023-09-08 14:55")).published_at.hour == 14
    assert read("园区推进绿色发展\n\n2023-09-08 14:55\n\n园区建成光伏。".encode()).published_at.hour == 14


def test_the_date_of_publication_goes_before_other_dates():
    info = "<div>成文日期:2023-09-01 更新时间:2023-09-20 发布时间:2023-09-08</div>"
    assert read(make_page(info=info)).published_at.day == 8
    assert read(make_page(info="<div>成文日期:2023-09-01 索引号:00012</div>")).published_at.day == 1


def test_a_label_without_a_value_takes_none_from_the_text():
    saved = read(make_page(info="<div>发布时间:2023-09-08</div><div>来源:</div>", body=f"<p><b>总体情况</b></p>{BODY}"))
    assert saved.source == ""
    assert saved.body_html.startswith("<h2>总体情况</h2>")
    cells = "<table><tr><td>发布时间:</td><td>2023-09-08</td><td>来源:</td><td>某开发区</td></tr></table>"
    saved = read(make_page(info=cells, body=f"<p><b>总体情况</b></p>{BODY}"))
    assert saved.source == "某开发区"
    assert saved.body_html.startswith("<h2>总体情况</h2>")


def test_words_that_end_like_a_label_are_none():
    body = "<p>资金来源:财政拨款。</p><p>总编辑:王一到会致辞,资金来源:自筹。</p>"
    saved = read(make_page(info="发布时间:2023-09-08", body=body))
    assert (saved.source, saved.editor) == ("", "")
    assert saved.body_html == body.replace("</p><p>", "</p>\n<p>")
    assert read(make_page(info="发布时间:2023年9月8日来源:平江日报责任编辑:李四")).editor == "李四"


def test_text_outside_of_the_box_of_the_article_is_not_its_body():
    address = "<div><p>本站由信息中心负责维护,有问题请来信。</p></div>"
    info = "<div>来源:某开发区 发布时间:2023-09-08</div>"
    saved = page(f"<div><div><h1>园区推进绿色发展</h1>{info}<div>{BODY * 5}</div></div></div>{address}")
    assert "信息中心" not in saved.body_html
    saved = page(f'<h1>园区推进绿色发展</h1>{info}<div class="TRS_Editor">{BODY}</div>{address}')
    assert "信息中心" not in saved.body_html


@pytest.mark.parametrize("name", ["share", "hidden", "side", "tools"])
def test_a_body_in_a_box_with_the_name_of_something_else_is_read(name):
    saved = page(
        f'<h1>园区推进绿色发展</h1><div>发布时间:2023-09-08</div><div class="{name}">{BODY}</div>'
        '<div class="footer"><a href="/">首页</a></div>'
    )
    assert saved.body_html == BODY


def test_lines_broken_in_the_source_are_joined_as_chinese_is_written():
    assert "9.6万平方米\uff0c计划投资" in read(page_text("tables_2005.html").encode()).body_html
    body = "<p>总投资\n  12亿元,\n由 Acme\nLtd 承建。</p>"
    assert read(make_page(body=body)).body_html == "<p>总投资 12亿元, 由 Acme Ltd 承建。</p>"


def test_a_layout_of_lists_is_no_list():
    content = f"<div>园区推进绿色发展</div><div>来源:某开发区 发布时间:2023-09-08</div>{BODY}{BODY}"
    saved = page(f"<ul><li>{content}</li></ul>")
    assert saved.body_html == f"{BODY}\n{BODY}"


def test_a_nested_list_keeps_all_its_items():
    body = f"{BODY}<ol><li>电力<ul><li>光伏</li><li>风电</li></ul></li><li>热力</li></ol>"
    saved = read(make_page(body=body))
    assert saved.body_html.endswith("<ol><li>电力</li><li>光伏</li><li>风电</li><li>热力</li></ol>")


def test_a_notice_keeps_its_labelled_lines_its_attachments_and_its_signature():
    between = "<p>附件一 会议回执</p><p>请于9月底前报名。</p><p>图一 会场位置</p><p>会场可以停车。</p>"
    assert "<h2>" not in read(make_page(body=BODY + between)).body_html
    body = (
        "<p>各会员单位:</p><p>现将培训事项通知如下。</p><p>主办单位:平江市开发区协会</p><p>时间:10月8日</p><p>地点:平江</p>"
        '<p>附件:<a href="http://x.example/a.doc">1.回执</a></p><p>平江市开发区协会</p><p>2023年9月8日</p>'
    )
    saved = read(make_page(body=body))
    assert saved.body_html.count("<p") == 8
    assert "<h2>" not in saved.body_html
    assert '<a href="http://x.example/a.doc">1.回执</a>' in saved.body_html


def test_relative_links_become_addresses_of_the_old_site_where_it_is_known():
    body = f'{BODY}<p>详见<a href="../zc/1.html">办法</a>和<a href="#top">上文</a>。</p>'
    assert "详见办法和上文。" in read(make_page(body=body)).body_html
    saved = read(make_page(body=body, head='<base href="http://old.example/news/2023/">'))
    assert '详见<a href="http://old.example/news/zc/1.html">办法</a>和上文。' in saved.body_html
