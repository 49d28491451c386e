"""The pictures of the handbook, taken anew from the real screens: `make handbook-pictures`.

In a VAR_DIR that is thrown away it fills the demo site, starts it, and walks through it in Chromium.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PICTURES = HERE / "pictures"
BYTES_MAX = 150_000
WIDTH, HEIGHT = 1200, 780
WECHAT = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  document.querySelector(".cke_wysiwyg_div").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
PASTED = (
    '<section style="color:red"><section><span style="font-size:17px">协会将于12月在北京举办绿色低碳培训班，'
    "现将有关事项通知如下。</span></section></section>"
    '<p><img data-src="https://mmbiz.qpic.cn/a/1.jpg" src="https://mmbiz.qpic.cn/a/1.jpg" alt="海报"></p>'
    '<p>报名截止时间为12月10日。</p><mpvoice src="x"></mpvoice><iframe src="https://v.qq.com/x"></iframe>'
)


def make_site():
    """Fill the demo site; return what the pictures open."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo", stdout=sys.stderr)
    call_command("ensure_admin", stdout=sys.stderr)
    sys.path.insert(0, str(HERE))
    from desk_of_the_pictures import prepare

    return prepare()


def serve():
    """Start the site on a free port; return the process and the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = f"{sys.executable} -m granian --interface wsgi --host 127.0.0.1 --port {port} portal.wsgi:application"
    process = subprocess.Popen(command.split(), cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urlopen(f"{address}/healthz", timeout=5).close()
            return process, address
        except (URLError, ConnectionError):
            time.sleep(0.1)
    process.terminate()
    raise SystemExit("The site does not answer.")


class Camera:
    """A browser in which one person after another logs in."""

    def __init__(self, browser, address):
        self.browser, self.address, self.pages = browser, address, {}

    def page(self, who, path):
        """Return the page `path` as `who` sees it; a visitor where it is empty."""
        if who not in self.pages:
            context = self.browser.new_context(
                base_url=self.address, locale="zh-CN", timezone_id="Asia/Shanghai",
                viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light",
            )  # fmt: skip
            context.add_init_script("localStorage.setItem('django.admin.navSidebarIsOpen', 'false')")
            self.pages[who] = context.new_page()
            if who:
                self.log_in(self.pages[who], who)
        self.pages[who].goto(path, wait_until="networkidle")
        return self.pages[who]

    def log_in(self, page, who):
        from desk_of_the_pictures import PASSWORD

        page.goto("/admin/login/")
        page.fill("#id_username", who)
        page.fill("#id_password", os.environ["ADMIN_PASSWORD"] if who == "admin" else PASSWORD)
        page.click("input[type=submit]")

    def shoot(self, name, page, selector=None, *, above=20):
        """Keep the window, or of it `selector` with `above` pixels above it."""
        from PIL import Image

        top, height = 0, HEIGHT
        if selector:
            element = page.locator(selector).first
            element.evaluate("(e, above) => scrollTo(0, e.getBoundingClientRect().top + scrollY - above)", above)
            box = element.bounding_box()
            top = max(box["y"] - above, 0)
            height = min(box["y"] + box["height"] + 20, HEIGHT) - top
        shot = page.screenshot(clip={"x": 0, "y": top, "width": WIDTH, "height": height}, animations="disabled")
        file = PICTURES / f"{name}.webp"
        Image.open(BytesIO(shot)).convert("RGB").save(file, "WEBP", quality=80, method=6)
        if file.stat().st_size > BYTES_MAX:
            raise SystemExit(f"{file} is larger than {BYTES_MAX} bytes.")
        print(file.relative_to(ROOT), file.stat().st_size)


def change(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def take_articles(camera, rows):
    camera.shoot("desk", camera.page("editor", "/admin/"))
    camera.shoot("article-list", camera.page("editor", "/admin/news/article/"))
    page = camera.page("editor", change(rows["draft"]))
    camera.shoot("article-form", page)
    take_attachments(camera, page)
    page.evaluate("scrollTo(0, 0)")
    page.click(".cke_button__image")
    page.locator(".portal-upload").wait_for()
    page.locator(".cke_dialog_ui_button_ok").wait_for()
    page.wait_for_load_state("networkidle")
    camera.shoot("picture-dialog", page)
    camera.shoot("from-word", camera.page("editor", "/admin/news/article/from-word/"), "#content", above=0)
    take_pasted(camera)
    page = camera.page("editor", change(rows["mistaken"]))
    page.locator("[data-proof-status]", has_text="处会阻止提交").wait_for()
    make_low(page)
    page.locator("[data-proof-list] li").first.wait_for()
    camera.shoot("proofing", page, "#proofing", above=380)
    camera.shoot("returned", camera.page("editor", change(rows["returned"])), "section.review", above=6)


def take_attachments(camera, page):
    """One from the library, just picked while typing."""
    page.click("#attachments-group .add-row a")
    page.click("#attachments-group .dynamic-attachments .select2-selection")
    page.fill(".select2-search--dropdown .select2-search__field", "征求意见稿")
    page.locator(".select2-results__option--highlighted", has_text="征求意见稿").click()
    camera.shoot("attachments", page, "#attachments-group")


def take_pasted(camera):
    page = camera.page("editor", "/admin/news/article/add/")
    page.fill("#id_title", "培训通知")
    page.evaluate(WECHAT, PASTED)
    page.locator(".remote-pictures").wait_for()
    page.locator(".cke_notification").first.wait_for()
    make_low(page)
    camera.shoot("pasted", page, ".field-body", above=6)


def make_low(page):
    """Leave room in the picture for what stands below the editor."""
    page.locator(".cke_wysiwyg_div").evaluate(
        "e => { for (const each of [e, e.closest('.cke_contents')]) { each.style.height = '180px'; each.style.minHeight = '0' } }"
    )


def take_reviews(camera, rows):
    corrected = rows["corrected"]
    camera.shoot("review", camera.page("first", change(rows["reviewed"])))
    camera.shoot(
        "versions", camera.page("editor", f"/admin/news/article/{corrected.pk}/versions/"), "#content", above=0
    )
    page = camera.page("editor", f"/admin/news/article/{corrected.pk}/versions/compare/?left=1&right=2")
    camera.shoot("compare", page, "#content", above=0)
    camera.shoot(
        "preview", camera.page("editor", f"/admin/news/article/{corrected.pk}/versions/2/preview/?width=phone")
    )
    camera.shoot("correction", camera.page("", corrected.get_absolute_url()), ".corrections", above=310)
    camera.shoot("bin", camera.page("editor", "/admin/news/article/bin/"), "#content", above=0)
    camera.shoot("library", camera.page("editor", "/admin/portal/picture/"))


def take_messages(camera, rows):
    camera.shoot("messages", camera.page("handler", "/admin/feedback/message/"))
    camera.shoot("message", camera.page("handler", change(rows["waiting"])))
    camera.shoot(
        "masks", camera.page("handler", f"/admin/feedback/message/{rows['answered'].pk}/masks/"), "#content", above=0
    )


def take_management(camera, rows):
    page = camera.page("admin", change(rows["people"]["first"]))
    camera.shoot("roles", page, "#column_roles-group")
    camera.shoot("log", camera.page("admin", "/admin/portal/auditentry/"))


def main():
    from playwright.sync_api import sync_playwright

    rows = make_site()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    server, address = serve()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--lang=zh-CN"]
            )
            camera = Camera(browser, address)
            for take in (take_articles, take_reviews, take_messages, take_management):
                take(camera, rows)
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "HTTPS": "off", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    os.environ |= {"ADMIN_PASSWORD": "only-for-the-pictures", "SECRET_KEY": "only-for-the-pictures" * 3}
    os.chdir(ROOT)
    main()
