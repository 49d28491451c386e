from portal.search.extracts import LENGTH, extract, marked


def test_hits_are_marked_in_the_words_of_the_text():
    assert marked("昆山 高新區，ＡＩ", ["高新区", "ai"]) == "昆山 <mark>高新區</mark>，<mark>ＡＩ</mark>"
    assert marked("①期", ["1"]) == "<mark>①</mark>期"
    assert marked("没有", ["别的"]) == "没有"
    # Characters that become several, and none.
    assert marked("㎡厂\u200b房㈱昆山", ["厂房", "昆山"]) == "㎡<mark>厂\u200b房</mark>㈱<mark>昆山</mark>"


def test_titles_are_escaped():
    assert marked("<b>昆山</b> & co", ["昆山"]) == "&lt;b&gt;<mark>昆山</mark>&lt;/b&gt; &amp; co"
    assert marked("<script>", ["script"]) == "&lt;<mark>script</mark>&gt;"
    assert marked("&amp;", ["amp"]) == "&amp;<mark>amp</mark>;"
    assert marked("{0} %s {}", ["0"]) == "{<mark>0</mark>} %s {}"


def test_an_extract_stands_around_the_first_hit():
    text = "前" * 300 + "昆山" + "后" * 300
    result = extract(text, ["昆山"])
    assert result.startswith("…前")
    assert "<mark>昆山</mark>后" in result
    assert result.endswith("后…")
    assert len(result) < LENGTH + 20
    assert extract("短文", ["昆山"]) == "短文"
    assert extract("远" * 30_000 + "昆山", ["昆山"]).endswith("<mark>昆山</mark>")
