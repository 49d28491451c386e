"""Every kind of page in a real browser: accessible, silent, and no wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.pages import fits

WIDTHS = (320, 360, 390, 768, 1440, 1920)


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_on_any_page(quiet_page, whole_site, width):
    quiet_page.set_viewport_size({"width": width, "height": 900})
    axe = Axe()
    for name, address in whole_site.items():
        quiet_page.goto(address)
        found = axe.run(
            quiet_page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
        )
        assert found.violations_count == 0, f"{name} at {width}: {found.generate_report()}"


def test_no_page_is_wider_than_the_screen(quiet_page, whole_site):
    for width in WIDTHS:
        quiet_page.set_viewport_size({"width": width, "height": 800})
        for name, address in whole_site.items():
            quiet_page.goto(address)
            assert fits(quiet_page), f"{name} at {width}"


def test_what_is_found_begins_on_the_first_screen_of_a_phone(quiet_page, whole_site):
    quiet_page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/search/?q=园区", "/zones/"):
        quiet_page.goto(address)
        assert quiet_page.locator(".filters [type=submit]").bounding_box()["y"] < 700, address


def test_every_page_can_be_read_without_scripts(browser, whole_site):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    for name, address in whole_site.items():
        assert page.goto(address).status == 200, name
        assert page.locator("h1").is_visible(), name
        assert page.locator("main").inner_text().strip(), name
    context.close()


def test_the_way_by_keyboard_begins_with_the_way_to_the_content(quiet_page, whole_site):
    quiet_page.goto(whole_site["article"])
    quiet_page.keyboard.press("Tab")
    focused = quiet_page.locator(":focus")
    assert focused.get_attribute("href") == "#main"
    assert focused.is_visible()
    quiet_page.keyboard.press("Enter")
    quiet_page.wait_for_url("**/#main")


def test_an_article_page_is_small(quiet_page, whole_site):
    answers = []
    quiet_page.on("response", lambda answer: answers.append(answer))
    quiet_page.goto(whole_site["article"], wait_until="networkidle")
    own = [answer for answer in answers if "/media/" not in answer.url and "/favicon" not in answer.url]
    assert len(own) <= 8, [answer.url for answer in own]
