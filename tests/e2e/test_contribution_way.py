"""The way of a 投稿 in a browser: form, receipt, sent back, changed, adopted, published; with and without JavaScript."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from news import review
from news.models import Article, Submission
from tests.e2e.pages import fits
from tests.factories import client_of, make_column, make_member, make_source, picture_bytes
from tests.news.word_documents import docx, p

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIZES = [(True, 390), (False, 390), (True, 1440), (False, 1440)]


@pytest.fixture(params=SIZES, ids=[f"{'script' if scripts else 'plain'}-{width}" for scripts, width in SIZES])
def people(request, browser, transactional_db, live_server):
    """Open a page for a user, or for a visitor without an account."""
    scripts, width = request.param
    contexts = []

    def open_for(user=None):
        context = browser.new_context(
            java_script_enabled=scripts,
            viewport={"width": width, "height": 844},
            base_url=live_server.url,
            locale="zh-CN",
        )
        contexts.append(context)
        if user:
            session = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return context.new_page()

    yield open_for
    for context in contexts:
        context.close()


def submit(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def agree(page):
    page.get_by_label("我同意《版权声明》").check()
    page.get_by_label("我已阅读并同意").check()


def open_receipt(page, number, code):
    page.goto("/contribute/receipt/")
    page.get_by_label("编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.locator("form.form").get_by_role("button", name="查询").click()
    expect(page.locator(".breadcrumb")).to_contain_text(number)


def test_form_sent_back_changed_adopted_and_published(people):
    column, source = make_column(name="园区动态", reviews=1), make_source(name="某省开发区协会")
    page = people()
    page.goto("/contribute/")
    form = page.locator("form.form")
    for label, value in {
        "标题": "某开发区建成零碳园区",
        "来源": source.name,
        "作者": "张三",
        "邮箱": "zhang@example.org",
    }.items():
        form.get_by_label(re.compile(f"^{label}")).fill(value)
    document = docx(p("园区建成分布式光伏，全年发电一亿度。")).read()
    form.get_by_label("Word 文档", exact=True).set_input_files(
        {"name": "稿件.docx", "mimeType": WORD, "buffer": document}
    )
    picture = {"name": "园区.png", "mimeType": "image/png", "buffer": picture_bytes()}
    form.get_by_label("图片", exact=True).set_input_files(picture)
    submit(page, "提交稿件")
    expect(page.get_by_role("alert").first).to_contain_text("版权声明")
    for name in ("稿件.docx", "园区.png"):
        expect(page.get_by_text(name).first).to_be_visible()
    assert fits(page)
    agree(page)
    submit(page, "提交稿件")
    expect(page.get_by_role("heading", level=1)).to_have_text("稿件已收到")
    number, code = page.locator(".receipt-number").inner_text(), page.locator(".receipt-code").inner_text()
    assert fits(page)
    page.reload()
    expect(page.locator(".receipt-code")).to_have_text(code)
    assert Submission.objects.count() == 1

    editor = make_member("editor", name="王编辑")
    desk = people(editor)
    desk.goto("/admin/news/submission/")
    desk.get_by_role("link", name="某开发区建成零碳园区").click()
    submit(desk, "标为已读")
    expect(desk.locator(".messagelist")).to_contain_text("已标为已读")
    desk.get_by_label("意见").fill("请在标题里写明是哪个开发区。")
    submit(desk, "退回修改")
    expect(desk.locator(".messagelist")).to_contain_text("已退回")
    assert fits(desk)

    open_receipt(page, number, code)
    expect(page.get_by_text("请在标题里写明是哪个开发区。")).to_be_visible()
    expect(page.get_by_text("稿件.docx").first).to_be_visible()
    assert fits(page)
    page.locator("#id_title").fill("南湖开发区建成零碳园区")
    agree(page)
    submit(page, "提交修改后的稿件")
    expect(page.get_by_text("修改后的稿件已经提交。")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("南湖开发区建成零碳园区")
    expect(page.get_by_text("园区建成分布式光伏，全年发电一亿度。")).to_be_visible()

    desk.reload()
    desk.locator("#id_column").select_option(label=column.name)
    submit(desk, "采用")
    expect(desk.locator(".messagelist")).to_contain_text("已采用")
    article = Article.objects.get()
    assert f"/admin/news/article/{article.pk}/change/" in desk.url
    assert (article.status, "分布式光伏" in article.body, "<img" in article.body) == ("draft", True, True)
    open_receipt(page, number, code)
    expect(page.get_by_text("采用，正在编辑审核")).to_be_visible()
    expect(page.get_by_text("已经发表")).to_have_count(0)

    review.approve(article, by=make_member("first"), version=article.latest_version)
    open_receipt(page, number, code)
    assert fits(page)
    page.get_by_role("link", name=article.get_absolute_url()).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("南湖开发区建成零碳园区")
    expect(page.get_by_text("园区建成分布式光伏，全年发电一亿度。")).to_be_visible()
    assert not page.context.cookies()
