"""What every walk does with a page: log in, open the editor's form, type, save, and wait for what comes of it."""

from io import BytesIO

from PIL import Image

from tests.factories import PASSWORD

VIOLATIONS = """document.addEventListener("securitypolicyviolation",
  (e) => console.error("policy", e.violatedDirective, e.blockedURI))"""  # said in the console, where tests listen


def log_in(page, username, *, to):
    """Log in to the admin as `username`, on the way to the address `to` (a path)."""
    page.add_init_script(VIOLATIONS)
    page.goto(f"/admin/login/?next={to}")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")


def open_form(page, username, address):
    """Log in and open a form with the rich-text editor in it."""
    log_in(page, username, to=address)
    page.locator(".cke_wysiwyg_div").wait_for()


def save(page):
    page.click("input[name=_continue]")
    page.locator(".messagelist .success").wait_for()


def type_in_body(page, text):
    """Type at the end of the text, in the editor."""
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def open_picture_dialog(page):
    page.click(".cke_button__image")
    page.locator(".cke_dialog_ui_button_ok").wait_for()
    page.locator(".portal-upload").wait_for()


def photo(width, kind="JPEG"):
    """A picture that cannot be packed small, as bytes."""
    buffer = BytesIO()
    Image.effect_noise((width, width // 2), 60).convert("RGB").save(buffer, kind)
    return buffer.getvalue()


def fits(page):
    """Whether the page, once it is loaded, needs no scrolling sideways."""
    page.wait_for_load_state()
    return page.locator("html").evaluate("root => root.scrollWidth <= root.clientWidth")
