"""The way of an article through the whole desk, in browsers of five people: its editor, three reviewers, and a reader."""

import re

import pytest

from news.models import Article, ReviewStep
from tests.e2e.pages import log_in, open_picture_dialog, photo, type_in_body
from tests.factories import make_column, make_member

PATIENCE = 60_000  # milliseconds: the machine may be slow, the desk must not be wrong
PEOPLE = {"editor": "王编辑", "first": "李初审", "second": "赵复审", "final": "钱终审"}
TITLE = "园区建成分布式光伏电站"


@pytest.fixture
def people(transactional_db, browser, browser_context_args):
    """A browser for each: staff at the first page of the admin, a reader at the site. No console complains."""
    complaints, pages = [], {}
    for role in [*PEOPLE, "reader"]:
        page = pages[role] = browser.new_context(**browser_context_args).new_page()
        page.context.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for role, name in PEOPLE.items():
        make_member(role, username=role, name=name)
        log_in(pages[role], role, to="/admin/")
        pages[role].locator("#desk-tasks-title").wait_for()
    yield pages
    for page in pages.values():
        page.context.close()
    assert complaints == []


def open_task(page, words):
    """From the first page of the admin, by what it says is to be done today, to the article."""
    page.goto("/admin/")
    page.locator(".desk-tasks a", has_text=words).click()
    page.locator("#result_list a", has_text=TITLE).click()
    page.locator("#review-heading").wait_for()


def submit(page, told):
    page.click("input[name=_submit]")
    page.locator(".messagelist .success", has_text=told).wait_for()


def approve(page, told):
    open_task(page, "等我审核的稿件")
    page.fill("#review-opinion", "同意。")
    page.click(".review-approve")
    page.locator(".messagelist .success", has_text=told).wait_for()


def approve_three_times(people, told):
    approve(people["first"], "已通过")
    approve(people["second"], "已通过")
    approve(people["final"], told)


def upload_picture(page, description):
    open_picture_dialog(page)
    file = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo(1000)}
    page.set_input_files(".portal-upload input", file)
    page.locator(".portal-upload [role=status]", has_text="已上传").wait_for()
    page.keyboard.type(description)  # the field of the description has the focus
    page.click(".cke_dialog_ui_button_ok")
    page.locator(f".cke_wysiwyg_div img[alt='{description}']").wait_for()


def write(page, column):
    page.goto("/admin/news/article/add/")
    page.fill("#id_title", TITLE)
    page.select_option("#id_column", label=column)
    type_in_body(page, "电站装机二十兆瓦，一期已并网。")
    page.keyboard.press("Enter")
    upload_picture(page, "屋顶光伏板")
    submit(page, "已提交审核")


def be_sent_back(reviewer, editor):
    """First a reason is asked for; then the article is on the desk of its editor, who mends it and submits again."""
    open_task(reviewer, "等我审核的稿件")
    reviewer.click(".review-back")
    reviewer.locator(".messagelist .error", has_text="退回要写明理由").wait_for()
    reviewer.fill("#review-opinion", "请写明并网时间。")
    reviewer.click(".review-back")
    reviewer.locator(".messagelist .success", has_text="已退回").wait_for()
    open_task(editor, "退回给我的稿件")
    editor.locator(".review-history", has_text="请写明并网时间。").wait_for()
    type_in_body(editor, "并网时间为十月。")
    submit(editor, "已提交审核")


def read(page, article, text):
    """Open the article as its readers do, and wait until it says `text`."""
    page.goto(article.get_absolute_url())
    page.locator(".prose", has_text=text).wait_for()


def correct(page, article):
    page.goto(f"/admin/news/article/{article.pk}/change/")
    type_in_body(page, "电站由园区企业共建。")
    page.fill("#id_change_reason", "补充建设单位")
    page.fill("#id_correction_note", "原文没有写建设单位，现已补上。")
    submit(page, "已提交审核")


def compare_and_restore(page, article):
    """Version 2 is what was published first, version 3 the correction."""
    page.goto(f"/admin/news/article/{article.pk}/change/")
    page.click("text=版本记录")
    page.click("text=比较所选的两版")
    page.locator(".comparison ins", has_text="电站由园区企业共建").wait_for()
    assert page.locator(".comparison del").count() == 0
    page.click("text=版本记录")
    page.get_by_role("button", name=re.compile(r"^恢复\s*到第 2 版$")).click()
    page.locator(".messagelist .success", has_text="已恢复到第 2 版的内容，成为第 4 版").wait_for()
    page.locator(".cke_wysiwyg_div", has_text="并网时间为十月。").wait_for()
    assert "共建" not in page.locator(".cke_wysiwyg_div").text_content()


def test_an_article_goes_the_whole_way_through_the_desk(people):
    make_column(name="园区动态", slug="dynamic", reviews=3)
    editor, reader = people["editor"], people["reader"]
    write(editor, "园区动态")
    article = Article.objects.get()
    assert reader.request.get(article.get_absolute_url()).status == 404
    be_sent_back(people["first"], editor)
    approve_three_times(people, "已发布")
    read(reader, article, "并网时间为十月。")
    assert reader.locator("h1").text_content() == TITLE
    assert reader.locator(".prose img[alt='屋顶光伏板']").evaluate(
        "img => img.decode().then(() => img.naturalWidth > 0)"
    )

    correct(editor, article)
    read(reader, article, "并网时间为十月。")
    assert "共建" not in reader.locator(".prose").text_content()
    approve_three_times(people, "的更正已发布")
    read(reader, article, "电站由园区企业共建。")
    assert reader.locator(".corrections dd").text_content() == "原文没有写建设单位，现已补上。"

    compare_and_restore(editor, article)
    read(reader, article, "电站由园区企业共建。")  # what was restored is a draft, until it is reviewed
    signed = ReviewStep.objects.filter(decision="approve").values_list("by__name", "level")
    assert list(signed) == [(PEOPLE[role], level) for level, role in enumerate(("first", "second", "final"), 1)] * 2
