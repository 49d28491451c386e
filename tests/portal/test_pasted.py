"""What is pasted from Word, WPS and WeChat becomes plain HTML, whatever comes with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.richtext.cleaning import clean
from portal.richtext.pasted import dropped, plain, tidied

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-parent:""; font-family:"等线"} --></style></head><body lang=ZH-CN>
<!--StartFragment--><p class=MsoNormal align=center style='text-align:center;mso-pagination:widow-orphan'><b>
<span lang=EN-US style='font-size:16.0pt;font-family:"方正小标宋简体";mso-hansi-font-family:宋体'>2023</span></b><b>
<span style='color:red'>年工作要点<o:p></o:p></span></b></p>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span style='font-family:仿宋_GB2312'>一是推进绿色发展。</span><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>1.<span>&nbsp;&nbsp;</span></span><![endif]>第一项</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'><tr style='mso-yfti-irow:0'>
<td width=200 colspan=2 style='border:solid windowtext 1.0pt'><p class=MsoNormal>指标<o:p></o:p></p></td></tr></table>
<img width=100 src="file:///C:/Users/zhang/AppData/Local/Temp/clip_image001.png" v:shapes="_x0000_i1025">
<!--EndFragment--></body></html>"""
WPS = """<p class="MsoNormal" style="margin-left:0.0000pt;text-indent:24.0000pt;mso-char-indent-count:2.0000;"><span
style="mso-spacerun:'yes';font-family:宋体;mso-ascii-font-family:Calibri;font-size:12.0000pt;"><font face="宋体">园区</font><font
face="Calibri">GDP</font><font face="宋体">增长</font></span><span style="font-size:12.0000pt;"><o:p></o:p></span></p>"""
WECHAT = """<section style="box-sizing:border-box;background-image:url(https://mmbiz.qpic.cn/bg.png)" data-tools="135编辑器">
<section data-role="paragraph"><section style="text-align:center;"><section style="display:inline-block;background-color:#1e9be8">
<section><span style="font-size:15px;color:rgb(255,255,255)"><strong>活动<span>预告</span></strong></span></section></section></section></section>
<p style="line-height:1.75em"><span style="font-size:15px;letter-spacing:1px"><span>各有关单位：</span></span></p><p><br></p><section><br></section>
<section><span>联系人见附件。</span><p>第二段。</p>尾</section>
<p><img class="rich_pages" data-ratio="0.6" data-src="https://mmbiz.qpic.cn/mmbiz_jpg/abc/640?wx_fmt=jpeg" data-w="1080"></p>
<section><mpvoice name="音频"></mpvoice><iframe class="video_iframe" data-src="https://v.qq.com/x"></iframe></section>
<svg viewBox="0 0 1 1"><text>装饰</text></svg><p onclick="alert(1)">末段。</p></section>"""


def test_word():
    assert tidied(WORD).replace("\n", "") == (
        '<p style="text-align:center"><b>2023</b><b>年工作要点</b></p><p style="text-indent:2em">一是推进绿色发展。&nbsp;</p>'
        "<p>1.&nbsp;&nbsp;第一项</p>"
        '<table><tbody><tr><td colspan="2"><p>指标</p></td></tr></tbody></table>[图片]'
    )
    told = dict(dropped(WORD))
    assert {"Word 或 WPS 的格式", "字体、字号和颜色", "本机的图片（请单独粘贴或上传）"} <= set(told)
    assert told["本机的图片（请单独粘贴或上传）"] == 1


def test_wps():
    assert tidied(WPS) == '<p style="text-indent:2em">园区GDP增长</p>'


def test_wechat():
    remote = '<a class="remote-picture" href="https://mmbiz.qpic.cn/mmbiz_jpg/abc/640?wx_fmt=jpeg" rel="noopener noreferrer">[图片]</a>'
    assert tidied(WECHAT).replace("\n", "") == (
        '<p style="text-align:center"><strong>活动预告</strong></p><p>各有关单位：</p><p>联系人见附件。</p><p>第二段。</p><p>尾</p>'
        f"<p>{remote}</p><p>末段。</p>"
    )
    told = dict(dropped(WECHAT))
    assert told["嵌入的网页、音频或视频"] == 2
    assert told["外站的图片（变成了链接）"] == 1
    assert {"背景", "脚本", "矢量图形"} <= set(told)


@pytest.mark.parametrize("raw", [WORD, WPS, WECHAT])
def test_pasting_keeps_the_text_and_doing_it_twice_changes_nothing(raw):
    once = tidied(raw)
    assert plain(once) == plain(clean(raw)) or "data-src" in raw
    assert tidied(str.__str__(once)) == once
    for trace in (
        "mso",
        "Mso",
        "<o:",
        "<!--",
        "<!",
        "<font",
        "<section",
        "<span",
        "background",
        "<script",
        "onclick",
        "data-",
    ):
        assert trace not in once, trace


def test_what_was_plain_stays_as_it_was():
    body = (
        '<p style="text-indent:2em">一、<strong>总体</strong>情况。</p>\n\n<h2>二级</h2><ul><li>甲<ul><li>乙</li></ul></li></ul>'
        '<table><tbody><tr><td><p>1</p><p>2</p></td></tr></tbody></table><p style="text-align:center"><img alt="" src="/media/x.png"></p>'
        '<p><a href="/news/1/">链</a><sup id="fnref-1">1</sup><br>行</p><blockquote><p>引</p></blockquote>'
    )
    assert tidied(body) == clean(body)


TAGS = ["p", "section", "div", "span", "strong", "table", "tr", "td", "ul", "li", "h2", "blockquote", "a", "b"]
pieces = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        [
            "文",
            " ",
            "&nbsp;",
            "<br>",
            '<img src="/x.png">',
            '<section style="text-align:center">',
            "<p style='text-align:right'>",
        ]
    ),
    st.text(max_size=4),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=40).map("".join))
def test_any_soup_keeps_its_text_and_comes_to_rest(raw):
    once = tidied(raw)
    assert plain(once) == plain(clean(raw))
    assert tidied(str.__str__(once)) == once
