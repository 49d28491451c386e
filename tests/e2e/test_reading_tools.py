"""The reading tools, the themes and the way by keyboard, in a real browser."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.pages import fits

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEMES = {
    "dark": {"theme": "dark"},
    "high contrast": {"theme": "contrast"},
    "elder": {"elder": "on"},
    "elder, dark, largest": {"elder": "on", "theme": "dark", "size": "3", "leading": "2"},
    "plain text": {"plain": "on", "size": "3"},
}
# Elements of which nothing can be seen while they have the focus, by what is drawn at five points of each.
HIDDEN_FOCUS = """() => {
  const item = document.activeElement;
  if (item === document.body || item.matches("main, .visually-hidden")) return null;
  const boxes = [...item.getClientRects()].filter((box) => box.width && box.height);
  const seen = boxes.some((box) => [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
    const found = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return found && (item.contains(found) || found.contains(item) || item.closest("label")?.contains(found));
  }));
  return seen ? null : item.outerHTML.slice(0, 120);
}"""
LETTERS = """(least) => [...document.querySelectorAll("body *")].filter((item) =>
  item.checkVisibility() && !item.matches(".visually-hidden, .visually-hidden *, sup, sub, script")
  && [...item.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
  && parseFloat(getComputedStyle(item).fontSize) < least).map((item) => item.outerHTML.slice(0, 100))"""
# Pairs of the header's parts that lie over each other.
OVERLAPS = """() => {
  const parts = [...document.querySelectorAll(".brand-words, .reading-open span, .menu-toggle, .search-form > :not(label)")];
  const boxes = parts.filter((part) => part.checkVisibility()).map((part) => [part, part.getBoundingClientRect()]);
  return boxes.flatMap(([a, one], at) => boxes.slice(at + 1).filter(([b, other]) => !a.contains(b) && !b.contains(a)
    && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1).map(([b]) => [a.outerHTML, b.outerHTML]));
}"""
# Dates and figures of lists that stand on more than one line.
BROKEN = """() => [...document.querySelectorAll(".titles time, .rows time, .picture-rows time, .zone-types b, .tile b")]
  .filter((item) => {
    const words = document.createRange();
    words.selectNodeContents(item);
    return new Set([...words.getClientRects()].map((box) => Math.round(box.top))).size > 1;
  }).map((item) => item.outerHTML)"""
VOICE = """
  const said = (window.said = []);
  const synthesis = Object.assign(new EventTarget(), {
    paused: false, queue: [],
    getVoices: () => [{ lang: "zh-CN", name: "test" }],
    speak(words) { said.push(words.text); this.now = words; },
    finish() { this.now.onend(); },
    cancel() { this.now = null; }, pause() { this.paused = true; }, resume() { this.paused = false; },
  });
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def choose(page, choices):
    page.add_init_script(f"localStorage.setItem('reading', {json.dumps(json.dumps(choices))})")


@pytest.mark.parametrize(("theme", "width"), [*((name, 1440) for name in THEMES), ("dark", 390), ("elder", 390)])
def test_axe_finds_nothing_in_any_theme(quiet_page, whole_site, theme, width):
    choose(quiet_page, THEMES[theme])
    quiet_page.set_viewport_size({"width": width, "height": 900})
    axe = Axe()
    for name, address in whole_site.items():
        quiet_page.goto(address)
        found = axe.run(quiet_page, options={"runOnly": RULES})
        assert found.violations_count == 0, f"{name}, {theme}, {width}: {found.generate_report()}"


@pytest.mark.parametrize("theme", ["elder", "elder, dark, largest"])
def test_large_type_needs_no_sideways_scrolling(quiet_page, whole_site, theme):
    choose(quiet_page, THEMES[theme])
    too_wide = []
    for width in (320, 390, 1440):
        quiet_page.set_viewport_size({"width": width, "height": 800})
        for name, address in whole_site.items():
            quiet_page.goto(address)
            if not fits(quiet_page):
                too_wide.append((name, width))
    assert too_wide == []


@pytest.mark.parametrize("width", [320, 390, 1024, 1440])
def test_large_type_lies_over_nothing_and_breaks_no_figure(quiet_page, whole_site, width):
    choose(quiet_page, {"size": "3", "leading": "2"})
    quiet_page.set_viewport_size({"width": width, "height": 800})
    for name in ("home", "column", "zones"):
        quiet_page.goto(whole_site[name])
        assert quiet_page.evaluate(OVERLAPS) == [], name
        assert quiet_page.evaluate(BROKEN) == [], name


def test_the_elder_version_has_large_type_and_large_targets(quiet_page, whole_site):
    choose(quiet_page, THEMES["elder"])
    for name in ("home", "column", "article", "new message"):
        quiet_page.goto(whole_site[name])
        assert quiet_page.evaluate(LETTERS, 18) == [], name
    choose(quiet_page, {"elder": "on", "size": "3"})
    quiet_page.goto(whole_site["article"])
    assert quiet_page.evaluate(LETTERS, 30) == []
    for choice in (".site-nav-link", ".search-form button", ".tool-link", ".reading-open", ".neighbour"):
        for box in [item.bounding_box() for item in quiet_page.locator(choice).all() if item.is_visible()]:
            assert box["height"] >= 60, choice


def test_choices_are_made_in_the_panel_remembered_and_taken_back(quiet_page, whole_site):
    quiet_page.goto(whole_site["article"])
    root = quiet_page.locator("html")
    panel = quiet_page.locator("#reading-tools")
    expect(panel).to_be_hidden()
    opener = quiet_page.get_by_role("button", name="无障碍 长者版")
    opener.focus()
    quiet_page.keyboard.press("Enter")
    expect(panel).to_be_focused()
    for words in ("特大", "更宽", "高对比", "大指针", "阅读线", "长者版"):
        panel.get_by_label(words, exact=True).check(force=True)
    prose = quiet_page.locator(".prose p").first
    assert prose.evaluate("p => parseFloat(getComputedStyle(p).fontSize)") >= 30
    assert quiet_page.locator(".reading-line").is_visible()
    assert "pointer.svg" in prose.evaluate("p => getComputedStyle(p).cursor")
    quiet_page.goto(whole_site["home"])
    expect(root).to_have_attribute("data-theme", "contrast")
    expect(root).to_have_attribute("data-elder", "on")
    opener.click()
    assert panel.get_by_label("高对比").is_checked()
    panel.get_by_role("button", name="全部恢复").click()
    for name in ("theme", "size", "leading", "elder", "pointer", "line", "simple"):
        assert root.get_attribute(f"data-{name}") is None
    quiet_page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()


def test_what_is_kept_in_the_browser_is_not_believed(quiet_page, whole_site):
    for kept in ("not json", "null", "[]", '{"theme": "x onload=1", "grey": "on"}'):
        quiet_page.add_init_script(f"localStorage.setItem('reading', {json.dumps(kept)})")
        quiet_page.goto(whole_site["home"])
        assert quiet_page.locator("html").evaluate("root => Object.keys(root.dataset)") == []


def test_reading_aloud_marks_where_it_is(quiet_page, whole_site):
    quiet_page.add_init_script(VOICE)
    quiet_page.goto(whole_site["article"])
    quiet_page.locator("[data-reading-open]").click()
    quiet_page.get_by_role("button", name="朗读本页").click()
    mark = quiet_page.locator(".is-read")
    expect(mark).to_have_js_property("tagName", "H1")
    while quiet_page.evaluate("said.at(-1)") != "一、总体情况。":
        quiet_page.evaluate("speechSynthesis.finish()")
    expect(mark).to_contain_text("全区工业增加值")
    quiet_page.evaluate("speechSynthesis.finish()")
    assert quiet_page.evaluate("said.at(-1)") == "全区工业增加值增长8%。"
    quiet_page.get_by_role("button", name="暂停").click()
    quiet_page.get_by_role("button", name="继续").click()
    quiet_page.get_by_role("button", name="停止").click()
    expect(mark).to_have_count(0)
    quiet_page.get_by_role("button", name="朗读本页").click()
    expect(mark).to_have_count(1)
    expect(quiet_page.get_by_label("长者版", exact=True)).to_be_hidden()
    quiet_page.get_by_role("button", name="关闭").click()
    expect(mark).to_have_count(0)
    assert quiet_page.evaluate("speechSynthesis.now") is None


def test_a_browser_without_a_chinese_voice_says_so(quiet_page, whole_site):
    quiet_page.add_init_script(VOICE.replace("zh-CN", "en-US"))
    quiet_page.goto(whole_site["article"])
    quiet_page.locator("[data-reading-open]").click()
    quiet_page.get_by_role("button", name="朗读本页").click()
    expect(quiet_page.locator("[data-read-aloud] [role=status]")).to_contain_text("没有中文语音")


@pytest.mark.parametrize(("name", "width"), [("article", 1440), ("column", 1024), ("home", 390)])
def test_what_has_the_focus_is_never_hidden(quiet_page, whole_site, name, width):
    quiet_page.set_viewport_size({"width": width, "height": 700})
    quiet_page.emulate_media(reduced_motion="reduce")
    quiet_page.goto(whole_site[name])
    for key in ("Tab", "Shift+Tab"):
        quiet_page.evaluate("document.activeElement.blur()")
        for _ in range(160):
            quiet_page.keyboard.press(key)
            assert quiet_page.evaluate(HIDDEN_FOCUS) is None
            if quiet_page.evaluate("document.activeElement === document.body"):
                break


def test_less_motion_and_forced_colours_are_respected(quiet_page, whole_site):
    quiet_page.emulate_media(reduced_motion="reduce", forced_colors="active")
    quiet_page.goto(whole_site["home"])
    expect(quiet_page.locator("[data-carousel-pause]")).to_have_attribute("aria-pressed", "true")
    chosen, other = quiet_page.locator(".newest .tab-button").all()[:2]
    color = "item => getComputedStyle(item).backgroundColor"
    assert chosen.evaluate(color) != other.evaluate(color)


def test_the_focus_goes_along_with_the_slide(quiet_page, whole_site):
    quiet_page.emulate_media(reduced_motion="reduce")
    quiet_page.goto(whole_site["home"])
    slides = quiet_page.locator("[data-slide] a")
    slides.first.focus()
    quiet_page.keyboard.press("ArrowRight")
    expect(slides.nth(1)).to_be_focused()
    expect(quiet_page.locator("[data-carousel-place]")).to_have_text(f"2 / {slides.count()}")
    quiet_page.keyboard.press("ArrowLeft")
    expect(slides.first).to_be_focused()


def test_more_rows_are_loaded_and_the_focus_is_on_the_first_of_them(quiet_page, whole_site, browser):
    quiet_page.goto(whole_site["column"])
    rows = quiet_page.locator("[data-rows] > li")
    before = rows.count()
    more = quiet_page.get_by_role("link", name="加载更多")
    assert more.get_attribute("href").endswith("?page=2")
    more.focus()
    quiet_page.keyboard.press("Enter")
    expect(rows.nth(before).locator(".row-title")).to_be_focused()
    expect(more).to_be_hidden()
    assert rows.count() > before


def test_paper_shows_the_article_in_black_on_white_whatever_the_theme(quiet_page, whole_site):
    choose(quiet_page, THEMES["elder, dark, largest"])
    quiet_page.goto(whole_site["article"])
    quiet_page.emulate_media(media="print")
    style = quiet_page.locator(".prose p").first.evaluate(
        "p => [getComputedStyle(p).color, getComputedStyle(document.documentElement).backgroundColor]"
    )
    assert style == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    hidden = (".site-nav", ".aside", ".reading-open", ".tools", ".footer-links", ".article-tools", "[data-report]")
    for choice in hidden:
        expect(quiet_page.locator(choice).first).to_be_hidden()
    assert quiet_page.pdf(format="A4").startswith(b"%PDF")


def test_lists_in_tabs_keep_their_titles_on_paper(quiet_page, whole_site):
    quiet_page.goto(whole_site["home"])
    titles = quiet_page.locator("main .tab-title")
    expect(titles.first).to_be_hidden()
    quiet_page.emulate_media(media="print")
    assert titles.count() > 1
    for title in titles.all():
        expect(title).to_be_visible()


@pytest.mark.parametrize("theme", ["dark", "high contrast", "elder"])
def test_axe_finds_nothing_in_the_open_panel(quiet_page, whole_site, theme):
    choose(quiet_page, THEMES[theme])
    quiet_page.goto(whole_site["article"])
    quiet_page.locator("[data-reading-open]").click()
    found = Axe().run(quiet_page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
