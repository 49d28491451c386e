"""Structured data under the readers' policy, and tags as an editor types them."""

import json

from playwright.sync_api import expect

from news.models import Tag
from tests.e2e.pages import VIOLATIONS, save
from tests.factories import make_article, make_tag


def test_the_policy_lets_structured_data_through(quiet_page, transactional_db, live_server):
    article = make_article(title="</script><script>alert(1)</script>绿色低碳")
    quiet_page.add_init_script(VIOLATIONS)
    quiet_page.goto(live_server.url + article.get_absolute_url())
    data = json.loads(quiet_page.locator('script[type="application/ld+json"]').text_content())
    assert data["@graph"][0]["headline"] == article.title
    quiet_page.goto(live_server.url + "/")
    assert quiet_page.locator('script[type="application/ld+json"]').count() == 1


def test_tags_are_found_or_made_while_typing(desk):
    make_tag(name="绿色低碳")
    desk.fill("#id_title", "园区绿色发展")
    desk.select_option("#id_column", label="园区动态")
    words = desk.locator(".field-tag_names .select2-search__field")
    words.click()
    words.type("绿色")
    desk.locator(".select2-results__option", has_text="绿色低碳").click()
    words.type("2026")
    desk.locator(".select2-results__option", has_text="2026").click()
    words.type("开放创新，")
    save(desk)
    expect(desk.locator(".field-tag_names .select2-selection__choice")).to_have_count(3)
    assert {tag.name for tag in Tag.objects.all()} == {"绿色低碳", "2026", "开放创新"}
