"""What a street address looks like in Chinese: from the province down to the door, of which people give parts."""

import re

HAN = "\u4e00-\u9fff"
NUMBER = r"\s?[甲乙丙丁附]?\s?(?:\d{1,5}|[一二三四五六七八九十百零〇]{1,5}|[甲乙丙丁])(?:[-~至]\d{1,5})?"
AREA = rf"(?:[{HAN}]{{2,9}}?(?:省|自治区|特别行政区|市|自治州|州|盟|地区|县|新区|开发区|高新区|(?<![小一二三四五六七八九十])区|旗|镇|乡|街道|社区|(?<!新)村))"
AREAS = rf"(?>{AREA}{{0,6}})"  # atomic: a text of nothing but 省市县 is read once
ROAD = rf"[{HAN}\d]{{1,10}}?(?:大道|大街|胡同|公路|环路|支路|路|街|巷|弄|道|里|条|段)"
SIDE = r"(?:[东西南北中]{1,2}(?:段|侧|口|路|街)?|\d{1,3}巷|\d{1,4}弄|[一二三四五六七八九十]{1,2}(?:段|巷|条))?"
PLACE = (
    rf"[{HAN}]{{2,10}}?(?:小区|花园|花苑|公寓|家园|嘉园|名苑|雅苑|新苑|苑|新村|家属院|宿舍|大厦|广场|大楼|"
    r"中心|国际|名城|新城|华府|华庭|山庄|庄园|公馆|一期|二期|三期|里|园|院|府|湾|居|庭|城|郡|寓)"
    r"(?:[东西南北中]?[一二三四五六七八九十\d]{1,2}[区期])?"
)
# 号 of a street, not of a document (47号文), a line (1号线), a plot.
NO = r"号[院楼]?(?!文|令|线|公告|通知|决定|地块|议案|提案|机|桥|码)"
PART = (
    rf"(?:附?\s?{NUMBER}\s?(?:号院|号楼|{NO}|栋|幢|座|楼|层|单元|门|室|房|户|弄|组|队|排)"
    rf"|[A-Za-z]\s?\d{{0,4}}(?:栋|幢|座|室|区|单元)|\s?[A-Za-z]?\d{{3,4}}(?!\d|[年月日元万亿%])|\d{{1,4}}[A-Za-z](?![A-Za-z0-9]))"
)
MORE = rf"(?:[\s,，、\-—]?(?:{PART}|{PLACE}{PART})){{0,8}}+"
ADDRESS = (
    rf"{AREAS}{ROAD}{SIDE}{NUMBER}\s?(?:{NO}|弄|巷)(?:[\s,，]?{PLACE}(?={PART}))?{MORE}"
    rf"|{AREAS}(?:{ROAD})?{PLACE}[\s,，]?(?:{NUMBER}|[A-Za-z]\d{{0,2}})\s?(?:号楼|栋|幢|座|单元)\s?{MORE}"
    rf"|{AREAS}{PLACE}\d{{1,4}}(?:\s?-\s?\d{{1,5}}){{1,3}}室?"
    rf"|(?>{AREA}{{1,6}})(?:[{HAN}]{{1,6}}(?:屯|庄|寨|湾|坝|沟|自然村))?{NUMBER}\s?(?:组|队|社|户)\s?(?:{NUMBER}\s?(?:号|户))?"
    rf"|{AREAS}[{HAN}]{{1,6}}(?:村|屯|庄|寨)(?:[东西南北]街)?{NUMBER}\s?(?:{NO}|户)"
)
# Words before an address that are none of it.
BEFORE = re.compile(
    r"地址|住址|住在|家住|居住|现住|户籍|位于|寄到|寄往|送到|寄至|邮寄|我家|我们家|我住|住于|搬到|租住|租在|房子在|就在|"
    r"家在|店在|公司在|单位在|厂在|来到|前往|路过|投诉|举报|反映|从|到|在|住|是|为|[：:，。；！？（）()、\s]"
)
PROVINCE = re.compile(
    r"(?<!长)(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|"
    r"云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(?![东西南北中]?[大]?[路街道])"
)


def trimmed(text, start, end):
    """Return where the address in `text[start:end]` begins, without the words before it."""
    province = PROVINCE.search(text, start, end)
    if province and province.start() - start < 12:
        return province.start()
    first_digit = re.compile(r"\d").search(text, start, end)
    limit = min(first_digit.start() if first_digit else end, start + 16)
    for match in BEFORE.finditer(text, start, limit):
        if limit - match.end() >= 2:
            start = match.end()
    return start
