"""Proofing and pasting in a real browser, under the admin's own policy."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from news.models import Article, ProofWord
from portal.models import Picture
from tests.e2e.pages import open_form, save
from tests.factories import make_article, make_column, picture_bytes
from tests.portal.test_pasted import WECHAT, WORD

PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  document.querySelector(".cke_wysiwyg_div").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
MARKED = """() => ["proof-block", "proof-warn"].map((name) => [...CSS.highlights.get(name)].map(String))"""


@pytest.fixture
def host(settings):
    """Another site, with a picture."""

    class Host(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(picture_bytes())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    settings.PICTURE_FETCH_ALSO = frozenset({("127.0.0.1", server.server_port)})
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_findings_are_marked_in_place_and_mended(quiet_page, zhang):
    for word, suggestion in [("按装", "安装"), ("布署", "部署")]:
        ProofWord.objects.update_or_create(word=word, defaults={"suggestion": suggestion})
    body = "<p>工程布署后，<strong>按</strong>装完毕,电话13812345678。</p><p>2023年2月30日。</p>"
    article = make_article(title="新增12个项目", body=body, status="draft")
    page = quiet_page
    open_form(page, zhang.username, f"/admin/news/article/{article.pk}/change/")
    page.locator("[data-proof-status]", has_text="处会阻止提交").wait_for()
    assert page.evaluate(MARKED) == [["13812345678", "2023年2月30日"], ["布署", "按装", ","]]
    assert page.evaluate("CKEDITOR.instances.id_body.getData()").count("<strong>") == 1  # nothing is written into it
    item = page.locator("[data-proof-list] li", has_text="13812345678")
    item.get_by_role("button", name="到这里").click()
    assert page.evaluate("getSelection().toString()") == "13812345678"
    page.locator("[data-proof-list] li", has_text="布署").get_by_role("button", name="改为“部署”").click()
    page.locator("[data-proof-status]", has_text="已改正 1 处").wait_for()
    page.get_by_role("button", name="全部改正").click()
    page.locator("[data-proof-status]", has_text="已改正 2 处").wait_for()
    page.locator("[data-proof-list] li", has_text="标题里的").get_by_role("button", name="到这里").click()
    assert page.evaluate("document.activeElement.id") == "id_title"
    save(page)
    article.refresh_from_db()
    assert article.body == "<p>工程部署后，<strong>安装</strong>完毕，电话13812345678。</p>\n\n<p>2023年2月30日。</p>"


def test_a_page_of_wechat_is_pasted_and_its_picture_fetched(desk, host):
    page = desk
    page.fill("#id_title", "活动预告")
    page.select_option("#id_column", label="园区动态")
    page.evaluate(PASTE, WECHAT.replace("https://mmbiz.qpic.cn", host))
    page.locator(".cke_notification", has_text="嵌入的网页、音频或视频 2 处").wait_for()
    page.locator(".remote-pictures", has_text="正文里有 1 张外站的图片").wait_for()
    page.get_by_role("button", name="把外站图片存入图库").click()
    page.locator(".remote-pictures", has_text="已存入 1 张").wait_for()
    save(page)
    body = Article.objects.get().body
    assert Picture.objects.get().file.url in body
    assert "活动预告" in body
    for trace in ("mmbiz", "<span", "<section", "remote-picture", "background", "onclick"):
        assert trace not in body, trace


def test_word_is_pasted_clean(page, zhang):
    make_column(name="园区动态")
    open_form(page, zhang.username, "/admin/news/article/add/")
    page.fill("#id_title", "要点")
    page.select_option("#id_column", label="园区动态")
    page.evaluate(PASTE, WORD)
    page.locator(".cke_notification", has_text="Word 或 WPS 的格式").wait_for()
    page.locator(".cke_wysiwyg_div", has_text="年工作要点").wait_for()
    save(page)
    body = Article.objects.get().body
    for text in ("年工作要点", "一是推进绿色发展。", "第一项", "指标"):
        assert text in body
    for trace in ("mso", "Mso", "<o:", "<span", "file:", "font"):
        assert trace not in body, trace


def test_footnotes_of_a_document_still_lead_somewhere_after_editing(quiet_page, zhang):
    body = (
        '<p>正文<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup>。</p>'
        '<ol><li id="footnote-1"><p>注释。<a href="#footnote-ref-1">↑</a></p></li></ol>'
    )
    article = make_article(title="年报", body=body, status="draft")
    page = quiet_page
    open_form(page, zhang.username, f"/admin/news/article/{article.pk}/change/")
    page.fill("#id_title", "年度报告")
    save(page)
    article.refresh_from_db()
    for part in ('id="footnote-1"', 'id="footnote-ref-1"', 'href="#footnote-1"', 'href="#footnote-ref-1"'):
        assert part in article.body
