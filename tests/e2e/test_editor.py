"""An editor's morning in a real browser: an article with pictures, written in CKEditor under the admin's own policy."""

from playwright.sync_api import expect

from news.models import Article
from portal.models import Picture
from tests.e2e.pages import open_picture_dialog, photo, save
from tests.factories import make_column

PASTE = """(bytes) => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(bytes)], "图.webp", { type: "image/webp" }));
  document.querySelector(".cke_wysiwyg_div").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: files, bubbles: true, cancelable: true }));
}"""
CHOSEN = """() => ["txtUrl", "txtWidth"].every(
  (field) => CKEDITOR.dialog.getCurrent().getValueOf("info", field))"""


def test_an_article_is_written_with_pictures_and_read(desk):
    desk.fill("#id_title", "园区绿色发展")
    desk.select_option("#id_column", label="园区动态")
    desk.locator(".cke_wysiwyg_div").click()
    desk.keyboard.type("第一段。")
    desk.click(".cke_button__firstlineindent")
    desk.keyboard.press("Enter")
    open_picture_dialog(desk)
    file = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo(1600)}
    desk.set_input_files(".portal-upload input", file)
    desk.locator(".portal-upload [role=status]", has_text="已上传").wait_for()
    desk.keyboard.type("现场照片")
    desk.click(".cke_dialog_ui_button_ok")
    desk.locator(".cke_wysiwyg_div img").wait_for()
    desk.evaluate(PASTE, list(photo(400, "WEBP")))
    desk.locator(".cke_wysiwyg_div img[width='400']").wait_for()
    desk.keyboard.type("图后的字")
    save(desk)
    assert Article.objects.get().status == "draft"
    desk.click("input[name=_submit]")
    desk.locator(".messagelist .success", has_text="已发布").wait_for()
    desk.locator("#result_list tbody th a").click()
    body = Article.objects.get().body
    pasted, uploaded = Picture.objects.all()
    assert '<p style="text-indent:2em">第一段。</p>' in body
    assert uploaded.url_for(1200) in body
    assert 'alt="现场照片"' in body
    assert pasted.file.url in body
    assert "图后的字" in body
    desk.click("a.viewsitelink")
    assert desk.locator(".prose p", has_text="第一段。").evaluate("p => getComputedStyle(p).textIndent") == "36px"
    expect(desk.locator(".prose img")).to_have_count(2)


def test_a_picture_is_chosen_from_the_library(desk):
    open_picture_dialog(desk)
    desk.set_input_files(".portal-upload input", {"name": "坏.jpg", "mimeType": "image/jpeg", "buffer": b"<html>"})
    desk.locator(".portal-upload [role=status]", has_text="不是可用的图片").wait_for()
    file = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo(500)}
    desk.set_input_files(".portal-upload input", file)
    desk.locator(".portal-upload [role=status]", has_text="已上传").wait_for()
    desk.once("dialog", lambda question: question.accept())  # what was filled in is given up
    desk.click(".cke_dialog_ui_button_cancel")
    open_picture_dialog(desk)
    with desk.expect_popup() as opened:
        desk.get_by_text("从图库选择").click()
    opened.value.wait_for_load_state()  # its script answers the click
    opened.value.get_by_role("button", name="现场").click()
    desk.wait_for_function(CHOSEN)  # the editor asks the picture for its size before it takes it
    desk.click(".cke_dialog_ui_button_ok")
    desk.locator(".cke_wysiwyg_div img").wait_for()
    body = desk.evaluate("CKEDITOR.instances.id_body.getData()")
    assert Picture.objects.get().file.url in body
    assert 'width="500"' in body


def test_columns_are_moved_without_scripts(browser, browser_context_args, desk):
    make_column(name="通知公告")
    here = {"java_script_enabled": False, "storage_state": desk.context.storage_state()}
    context = browser.new_context(**browser_context_args | here)
    page = context.new_page()
    page.goto("/admin/news/column/")
    button = page.get_by_role("button", name="上移“通知公告”")
    assert min(button.bounding_box()[side] for side in ("width", "height")) >= 24
    button.click()
    expect(page.locator(".tree-name")).to_have_text(["通知公告", "园区动态"])
    context.close()
