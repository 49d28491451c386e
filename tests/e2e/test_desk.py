"""Two editors and a stranger in real browsers: autosave, presence, the choice between two texts, and the preview."""

import pytest
from playwright.sync_api import expect

from news.models import Article, Autosave, JournalEntry
from tests.e2e.pages import fits, log_in, open_form, save, type_in_body
from tests.factories import PASSWORD, make_column, make_journal_issue, make_user
from tests.news.desk import make_draft
from tests.waiting import eventually


@pytest.fixture
def article(transactional_db):
    for name in ("zhang", "li"):
        make_user(username=name, name={"zhang": "张三", "li": "李四"}[name], is_staff=True, is_superuser=True)
    return make_draft(column=make_column(name="园区动态"), title="园区动态", body="<p>坚持绿色低碳发展。</p>")


@pytest.fixture
def at_desk(browser, browser_context_args):
    """Open the form of an article in a browser of one's own; complaints of its console fail the test."""
    complaints, contexts = [], []

    def open_article(username, article):
        context = browser.new_context(**browser_context_args)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        open_form(page, username, f"/admin/news/article/{article.pk}/change/")
        return page

    open_article.complaints = complaints
    yield open_article
    for context in contexts:
        context.close()
    assert complaints == []


def test_what_was_typed_is_kept_and_comes_back(article, at_desk):
    page = at_desk("zhang", article)
    page.fill("#id_title", "写了一半的标题")
    type_in_body(page, "新的一句。")
    page.locator("[data-autosave]", has_text="已自动保存").wait_for()
    eventually(lambda: "新的一句。" in Autosave.objects.get().data["body"][0])
    assert Article.objects.get().title == "园区动态"
    page.reload()
    page.locator(".unsaved", has_text="有未保存的内容").wait_for()
    page.click(".unsaved summary")
    assert "【加上】" in page.locator(".unsaved .comparison").first.text_content()
    page.click(".unsaved a.button")
    page.locator(".cke_wysiwyg_div", has_text="新的一句。").wait_for()
    assert page.input_value("#id_title") == "写了一半的标题"
    save(page)
    assert "新的一句。" in Article.objects.get().body
    assert not Autosave.objects.exists()


def test_when_the_session_is_over_the_text_stays_in_the_browser(article, at_desk):
    page = at_desk("zhang", article)
    page.context.clear_cookies()
    page.fill("#id_title", "会话过期后写的")
    page.click("input[name=_continue]")
    page.locator("[data-autosave].is-failed", has_text="登录已过期").wait_for()
    assert page.input_value("#id_title") == "会话过期后写的"
    at_desk.complaints.clear()  # the browser reports the refused request itself
    page.goto(page.url)
    page.fill("#id_username", "zhang")
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    page.click("[data-browser-copy] [data-restore]")
    expect(page.locator("#id_title")).to_have_value("会话过期后写的")
    save(page)
    assert Article.objects.get().title == "会话过期后写的"


def test_of_two_editors_the_second_chooses_and_nothing_is_lost(article, at_desk):
    first, second = at_desk("li", article), at_desk("zhang", article)
    second.locator("[data-presence]", has_text="李四 也打开着").wait_for()
    first.fill("#id_title", "李四的标题")
    save(first)
    type_in_body(second, "张三的一句。")
    second.click("input[name=_continue]")
    second.locator(".conflict").wait_for()
    assert "李四" in second.locator(".conflict").text_content()
    second.locator(".cke_wysiwyg_div", has_text="张三的一句。").wait_for()
    second.fill("#id_title", "李四的标题")
    second.click("button[name=_merged]")
    second.locator(".messagelist .success").wait_for()
    now = Article.objects.get()
    assert (now.title, now.latest_version.number) == ("李四的标题", 3)
    assert "张三的一句。" in now.body


def test_the_enter_key_saves_and_throws_nothing_away(article, at_desk):
    page = at_desk("zhang", article)
    page.fill("#id_title", "按了回车")
    page.press("#id_title", "Enter")
    page.locator(".messagelist .success").wait_for()
    assert Article.objects.get().title == "按了回车"


def test_a_draft_is_previewed_at_two_widths_and_shown_to_a_stranger(article, at_desk, page):
    desk = at_desk("zhang", article)
    desk.fill("#id_title", "预览里的标题")
    with desk.context.expect_page() as opened:
        desk.click("text=预览")
    preview = opened.value
    preview.locator("iframe.is-desktop").wait_for()
    assert preview.frame_locator("iframe").locator("h1").text_content() == "预览里的标题"
    assert preview.locator("iframe").bounding_box()["width"] >= 1_200
    preview.click("text=手机")
    preview.frame_locator("iframe.is-phone").locator("h1").wait_for()
    assert preview.locator("iframe").bounding_box()["width"] <= 392
    assert Article.objects.get().title == "园区动态"
    preview.click("text=版本记录")
    preview.locator(".version-list").get_by_text("预览").click()
    preview.select_option("#id_life", "hour")
    preview.click("text=生成链接")
    address = preview.input_value("#preview-address")
    page.goto(address)
    assert page.locator("h1").text_content() == "园区动态"
    assert page.locator(".preview-notice").is_visible()


def test_the_form_of_an_issue_is_not_wider_than_the_screen(article, page):
    issue = make_journal_issue()
    JournalEntry.objects.create(issue=issue, section="本期关注", title="工业用地怎样防止重批轻管", author="演示编辑")
    page.set_viewport_size({"width": 1280, "height": 800})
    log_in(page, "zhang", to=f"/admin/news/journalissue/{issue.pk}/change/")
    page.locator(".tabular .field-title").first.wait_for()
    assert fits(page)
