"""The way of a visitor through form and receipt, with and without JavaScript, on a phone and on a desk."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from feedback import groups
from feedback.models import Message, Reply
from tests.e2e.pages import fits
from tests.factories import client_of, make_article, make_member, make_staff
from tests.feedback.forms import make_topic


@pytest.fixture(params=[(True, 390), (False, 390), (True, 1440)], ids=["script-390", "plain-390", "script-1440"])
def visitor(request, browser, transactional_db, live_server):
    """A page of a browser with or without scripts, and the topics of a message."""
    scripts, width = request.param
    make_topic(days=5)
    make_topic(name="纠错", asks="none", is_correction=True)
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": width, "height": 844}, base_url=live_server.url, locale="zh-CN"
    )
    page = context.new_page()
    page.scripts = scripts
    yield page
    assert not context.cookies()
    context.close()


def fill(page, **changes):
    values = {
        "标题": "请问怎样入会",
        "内容": "我们想加入协会，请告知材料。",
        "姓名": "王小明",
        "电话": "010-00000000",
    } | changes
    page.get_by_label("主题").select_option(label="咨询")
    for label, value in values.items():
        page.locator(".form").get_by_label(re.compile(f"^{label}")).fill(value)
    page.get_by_label("我已阅读并同意").check()


def submit(page, words):
    page.get_by_role("button", name=words).click()


def test_form_receipt_answer_rating(visitor):
    page = visitor
    page.goto("/feedback/new/")
    fill(page, 标题="")
    page.get_by_label("附件").set_input_files(
        {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 x"}
    )
    submit(page, "提交留言")
    expect(page.get_by_role("alert").first).to_contain_text("标题")
    expect(page.get_by_text("证明.pdf").first).to_be_visible()
    assert page.locator("#id_body").input_value() == "我们想加入协会，请告知材料。"
    page.get_by_role("alert").get_by_role("link", name="标题").click()
    page.locator("#id_title").fill("请问怎样入会")
    submit(page, "提交留言")
    expect(page.get_by_role("heading", level=1)).to_have_text("留言已收到")
    number, code = page.locator(".receipt-number").inner_text(), page.locator(".receipt-code").inner_text()
    assert fits(page)
    page.reload()
    expect(page.locator(".receipt-code")).to_have_text(code)
    assert Message.objects.count() == 1
    message = Message.objects.get()
    Reply.objects.create(message=message, body="欢迎入会，材料见附件清单。", department="会员部")
    Message.objects.update(stage="answered")
    if page.scripts:  # what the QR code leads to
        page.goto(f"/feedback/receipt/#{message.number}.{code.replace('-', '')}")
        expect(page.get_by_label("编号")).to_have_value(message.number)
        expect(page).to_have_url(re.compile("^[^#]+$"))
    else:
        page.goto("/feedback/receipt/")
        page.get_by_label("编号").fill(number)
        page.get_by_label("查询码").fill(code.lower())
    page.locator("form.form").get_by_role("button", name="查询").click()
    expect(page.get_by_text("欢迎入会，材料见附件清单。")).to_be_visible()
    page.get_by_label("非常满意", exact=True).check()
    submit(page, "提交评价")
    expect(page.get_by_text("谢谢您的评价")).to_be_visible()
    assert Message.objects.get().rating == 5


@pytest.fixture
def at_desk(visitor, live_server):
    """Open the admin for a user, in a browser like the visitor's."""
    contexts = []

    def open_admin(user):
        context = visitor.context.browser.new_context(
            java_script_enabled=visitor.scripts,
            viewport=visitor.viewport_size,
            base_url=live_server.url,
            locale="zh-CN",
        )
        contexts.append(context)
        session = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto("/admin/feedback/message/?stage__exact=new")
        return page

    yield open_admin
    for context in contexts:
        context.close()


def take_step(page, name, done, **values):
    """Fill and send the form of a step in the admin, and wait until the page says that it is done."""
    form = page.locator(f".step-{name}")
    for field, value in values.items():
        form.locator(f"[name={name}-{field}]").fill(value)
    form.get_by_role("button").click()
    expect(page.locator(".messagelist")).to_contain_text(done)
    assert fits(page)


def open_receipt(page, number, code):
    page.goto("/feedback/receipt/")
    page.get_by_label("编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.locator("form.form").get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请问怎样入会")


def test_the_whole_way_from_the_form_to_the_published_answer(visitor, at_desk):
    page, secrets = visitor, ("王小明", "13800138000", "010-00000000", "朝阳区建国路")
    page.goto("/feedback/new/")
    fill(page, 内容="我是王小明，请打 13800138000，或者写信到北京市朝阳区建国路88号。")
    page.get_by_label("同意公开").check()
    submit(page, "提交留言")
    expect(page.get_by_role("heading", level=1)).to_have_text("留言已收到")
    number, code = page.locator(".receipt-number").inner_text(), page.locator(".receipt-code").inner_text()

    writer = make_staff(name="张办理")
    writer.groups.add(Group.objects.get_or_create(name=groups.HANDLERS)[0])
    desk = at_desk(writer)
    desk.get_by_role("link", name="请问怎样入会").click()
    expect(desk.get_by_text("联系方式已隐藏")).to_be_visible()
    take_step(desk, "accept", "已受理")
    take_step(desk, "assign", "已分派", department="会员部")
    take_step(desk, "draft", "已提交审核", body="王小明您好，欢迎入会，材料清单见网站。")
    expect(desk.locator(".step-approve")).to_have_count(0)
    open_receipt(page, number, code)
    expect(page.get_by_text("办理中")).to_be_visible()
    expect(page.get_by_text("材料清单见网站")).to_have_count(0)

    chief = at_desk(make_member("manager", name="李审核"))
    chief.goto(desk.url)
    take_step(chief, "approve", "已通过并答复")
    chief.get_by_role("link", name="核对遮盖并公开").click()
    expect(chief.locator(".mask-text mark").first).to_be_visible()
    expect(chief.get_by_role("button", name="公开", exact=True)).to_have_count(0)
    chief.get_by_label("还要隐藏的文字").fill("材料清单")
    submit(chief, "保存遮盖")
    expect(chief.locator(".messagelist")).to_contain_text("遮盖已保存")
    chief.get_by_role("button", name="公开", exact=True).click()
    expect(chief.locator(".messagelist")).to_contain_text("已公开")

    open_receipt(page, number, code)
    expect(page.get_by_text("王小明您好，欢迎入会，材料清单见网站。")).to_be_visible()
    page.get_by_label("满意", exact=True).check()
    submit(page, "提交评价")
    expect(page.get_by_text("谢谢您的评价")).to_be_visible()
    page.goto("/feedback/")
    page.get_by_role("link", name="请问怎样入会").click()
    expect(page.get_by_text("***您好，欢迎入会，***见网站。")).to_be_visible()
    shown = page.content()
    assert not [secret for secret in (*secrets, "材料清单", number, code) if secret in shown]
    chief.goto(desk.url)
    expect(chief.get_by_text("满意度：4 分")).to_be_visible()


def test_a_suspicious_form_is_asked_once_more(visitor):
    page = visitor
    page.goto("/feedback/new/")
    fill(page, 标题="Membership", 内容="Dear association, how can our company become a member? Please tell us.")
    submit(page, "提交留言")
    expect(page.get_by_role("heading", level=1)).to_have_text("还差一步")
    if page.scripts:
        expect(page.locator("[data-proof-state]")).to_contain_text("已经自动完成", timeout=60_000)
    else:
        words = page.locator("label[for=id_answer]").inner_text()
        first, second = ("零一二三四五六七八九十".index(words[place]) for place in (0, 2))
        page.locator("#id_answer").fill(str(first + second if words[1] == "加" else first - second))
    submit(page, "提交留言")
    expect(page.get_by_role("heading", level=1)).to_have_text("留言已收到")
    assert not Message.objects.get().is_quarantined


def test_a_draft_outlives_a_closed_tab_until_it_is_sent(visitor):
    if not visitor.scripts:
        pytest.skip("Without scripts the browser's own memory is all there is.")
    page = visitor
    page.goto("/feedback/new/")
    fill(page)
    page.locator("#id_body").press_sequentially("再补一句。")
    expect(page.locator("[data-draft-state]")).to_have_text("草稿已保存在这台设备上。")
    kept = page.evaluate("localStorage.getItem('draft:message')")
    assert "王小明" not in kept
    assert "010-00000000" not in kept
    other = page.context.new_page()
    other.goto("/feedback/new/")
    expect(other.locator("#id_body")).to_have_value(re.compile("请告知材料。"))
    expect(other.get_by_text("已恢复您上次没有提交的内容。")).to_be_visible()
    submit(page, "提交留言")
    expect(page.get_by_role("heading", level=1)).to_have_text("留言已收到")
    page.wait_for_function("localStorage.getItem('draft:message') === null")


def test_what_is_marked_in_an_article_is_in_the_report_of_an_error(visitor):
    page, article = visitor, make_article(body="<p>园区建成分布式光伏，截止目前装机五兆瓦。</p>")
    page.goto(article.get_absolute_url())
    if page.scripts:
        page.locator(".prose p").first.select_text()
    page.get_by_role("link", name="内容有误？").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("报告文章里的错误")
    passage = page.locator("#id_passage")
    if page.scripts:
        expect(passage).to_have_value("园区建成分布式光伏，截止目前装机五兆瓦。")
        expect(page.locator("#id_phone")).to_be_hidden()
    else:
        passage.fill("截止目前")
    page.locator("#id_title").fill("错别字")
    page.locator("#id_body").fill("“截止目前”应为“截至目前”。")
    page.get_by_label("我已阅读并同意").check()
    submit(page, "提交留言")
    expect(page.get_by_role("heading", level=1)).to_have_text("留言已收到")
    message = Message.objects.get()
    assert message.page_address == article.get_absolute_url()
    assert "截止目前" in message.passage
