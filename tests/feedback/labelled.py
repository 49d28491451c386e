"""Labelled messages of our own writing: HONEST as people write to an association, SPAM as programs and sellers do.

Each is (title, body). Some honest ones are hard on purpose: in English, with links, about spam itself, very short.
"""

import random
from datetime import date
from itertools import product

from portal import receipts

HONEST_BY_HAND = """
入会咨询|我们是一家省级高新区，去年刚升级，想了解入会的条件和会费标准，材料寄到哪里？
发票抬头错了|上个月交的会费，发票抬头少写了“管理委员会”四个字，能不能重开？税号我再发一遍。
网站打不开|今天上午十点开始，协会网站的政策栏目一直转圈，换了手机也不行。
收到诈骗短信|昨天收到短信，说是协会代开发票，还让加微信，请问是不是骗子？我没有理他。
冒充协会|有人冒充协会工作人员卖“优秀园区”奖牌，要六千八百元，请在网站上提醒大家。
垃圾短信投诉|我们园区企业经常收到“无抵押贷款”的骚扰电话，能不能请协会向有关部门反映？
关于贷款贴息|请问绿色园区的企业贷款贴息政策今年还有吗？去哪个部门申报？
刷单骗局提醒|我们园区有职工被刷单返利的骗子骗了三万元，建议协会在会刊里做一期防骗宣传。
培训回放|九月的碳核算培训没赶上，有没有回放？
会刊投稿|研究文章大约六千字，有两张图表，投稿邮箱是不是 tougao@example.org？
附件下载不了|通知公告里的附件下载后打不开，提示文件损坏，我用的是 WPS。
建议增加英文版|我们接待外商比较多，建议网站增加英文版介绍。
错别字|《省级开发区动态》第三段“截止目前”应为“截至目前”。
会议酒店|年会的协议酒店还有房间吗？我们三个人，两间房，11 月 20 日到 22 日。
名录更正|开发区名录里我们的面积还是 2018 年的数字，现在核准面积是 8.68 平方公里，请更正。
电话没人接|官网上的电话打了四次都没人接，是不是换号码了？
招商合作|我们是一家新能源企业，想找有标准厂房的开发区，面积两万平方米左右，请推荐。
物业纠纷|园区物业乱收停车费，开发区管委会一直不处理，请帮忙反映。
噪声扰民|隔壁工厂夜里十二点还在施工，管委会说不归他们管，到底归谁管？
欠薪求助|我在某开发区工地干了三个月，老板欠薪两万四，劳动监察让我等，还能找谁？
退费|重复交了两次培训费，请退一次，流水号可以提供。
感谢|谢谢会员部的刘老师，入会手续办得很快。
字太小|网站的字太小，我今年七十一岁，看着费劲，能不能大一点。
公众号|扫码关注公众号以后没有反应，提示“该公众号暂时无法提供服务”。
QQ群|协会的 QQ 群 1234567 加不进去，说人满了，还有别的群吗？
数据口径|统计数据里的“工业增加值”是现价还是不变价？两个表对不上。
版权|贵网转载我们的文章没有写来源，请加上，原文在 https://www.example.gov.cn/a/1.html 。
链接失效|友情链接里有两个网址打不开：http://a.example.org 和 http://b.example.org ，请核实。
政策解读|《关于促进开发区改革和创新发展的若干意见》第七条怎么理解，有没有配套的细则？
外资咨询|我们是日资企业，想了解经开区对外商投资的最新政策，有日文材料吗？
Membership|Dear Sir or Madam, we are a German industrial park operator and would like to know how to become a partner of your association. Best regards, Anna Schmidt
Request for statistics|Hello, I am a doctoral student working on development zones. Could you tell me where the annual statistics can be found? Thank you very much.
Visit in May|We plan a visit of eight people to two economic zones in May next year. Whom should we contact for the arrangements?
无障碍|我是视障人士，用读屏软件看网站时，导航菜单读不出来，麻烦改进一下。
停水通知|开发区昨天停水没有提前通知，我们食品厂损失不小。
环评|请问规划环评和项目环评联动改革试点有哪些开发区？
人才公寓|人才公寓申请要不要社保满一年？
公交|从高铁站到开发区没有公交车，建议协调开通一条线路。
土地|亩均论英雄评价的 D 类企业还能不能技改扩产？
化工园区|化工园区认定的时限是哪一天？我们差安全整治提升这一项。
消防|厂房改造消防验收卡了半年，能不能帮我们问问流程？
会费|会费可以对公转账吗？开户行和账号请告知。
证书遗失|会员证书搬家时丢了，怎么补办？
通讯地址变更|我单位搬到新址，邮编也变了，会刊请寄新地址。
名称变更|我们更名为高新技术产业开发区，网站上的名字请改过来。
用工|附近的开发区招不招五十岁以上的女工？
创业|返乡创业开网店，园区有没有免费的仓库？
微信联系|我白天上班不方便接电话，可以加我微信 lixiao2026 联系，谢谢。
邮箱没有回信|给贵会邮箱写了两封信都没有回音，请查收。
快递|会刊的快递一直没有收到，单号能不能发我？
建议|好。
咨询|在吗
请问|请问上班时间？
标题|请问年费多少钱啊啊啊
""".strip()

PLACES = ["我们园区", "某国家级经开区", "县里的开发区", "我单位", "我所在的高新区", "隔壁的保税区"]
ASKS = [
    ("想了解{}的申报条件", "请问{}今年什么时候开始申报，需要准备哪些材料，能不能网上提交？"),
    ("关于{}的建议", "建议协会组织一次{}的交流活动，让几家做得好的介绍经验，最好安排在周末。"),
    ("{}遇到困难", "在办理{}时来回跑了三趟，窗口说法不一样，希望有一个明确的清单。"),
    ("{}的文件在哪里", "在网站上没有搜到{}的正式文件，只看到新闻，请问文号是多少？"),
    ("反映{}的问题", "{}的公示只挂了两天就撤下来了，很多企业没有看到，是不是应该再公示一次？"),
]
MATTERS = [
    "循环化改造",
    "绿色工厂",
    "集约用地评价",
    "高新技术企业认定",
    "标准厂房补贴",
    "职工技能培训",
    "污水处理费",
    "通勤班车",
]

SPAM_BY_HAND = """
专业代开发票|代开发票，增值税发票代开，税点低，加微信 fp88866 咨询。
真人荷官在线|百家乐 真人荷官 首充送 888，点击 http://bet888.vip 注册送彩金
无抵押贷款|黑户贷款 秒批贷款 当天到账，微信 daikuan5566
刷单兼职|刷单返利 日结兼职 日赚 500，扫码领取任务，QQ 88556677
快速排名|百度霸屏 快速排名 seo优化 加 V 信 seo9988
Buy cheap viagra|<a href="http://pills.top">viagra cialis</a> best price online
Backlinks for your site|We offer 5000 backlink packages, seo, visit https://links.xyz and https://rank.top and www.seo.vip
Casino bonus|Get 200% casino bonus now http://win.bet http://luck.bet http://play.bet
代办文凭|代办文凭 学历提升包过 先办后付 薇信 wp20268
代孕服务|代孕 包成功 电报 @daiyun888 欢迎咨询
网站建设优惠|您好，看到贵网站有优化空间，我们网站建设优惠，精准客源推广引流，加微信 wz112233
高仿手表|高仿手表 原单奢侈品 批发价 货到付款 微信 biao55667
内幕牛股|荐股 涨停群 带单老师 免费领取牛股，加Q群 778899001
[url=http://x.top]cheap loans[/url]|[url=http://x.top]loan[/url] [link=http://y.top]forex[/link]
出售个人信息|出售个人信息 手机定位 查开房 飞机 telegram: heike007
彩票计划|六合彩 时时彩 彩票计划 稳赚不赔 QQ 123456789
减肥神药|减肥神药 全国包邮 厂家直销 微信号 shou8899
""".strip()

SELLS = [
    "代开发票",
    "博彩",
    "信用卡套现",
    "刷单返利",
    "代办文凭",
    "高仿手表",
    "短信群发",
    "买粉",
    "快速排名",
    "荐股",
    "减肥神药",
    "裸聊",
]
LURES = ["加微信 {}", "V信：{}", "QQ：{}", "telegram @{}", "详情 http://{}.top 或 http://{}.vip", "薇信{}，免费领取"]
CALLS = ["价格低 信誉好", "日赚千元不是梦，扫码领取", "厂家直销，限时优惠"]


def rows_of(text):
    return [tuple(line.split("|", 1)) for line in text.splitlines()]


def honest():
    made = []
    for number, (place, (title, body), matter) in enumerate(product(PLACES, ASKS, MATTERS)):
        made.append(
            (
                title.format(matter),
                f"{place}{'：' if number % 2 else ''}{body.format(matter)}（第 {number + 1} 次咨询）",
            )
        )
    return rows_of(HONEST_BY_HAND) + made


def spam():
    made = []
    for number, (thing, lure, call) in enumerate(product(SELLS, LURES, CALLS)):
        name = f"ad{number:04d}x"
        made.append((f"{thing}专业服务", f"{thing} {call} {lure.format(name, name)}"))
    return rows_of(SPAM_BY_HAND) + made


def receipt_guesses(numbers=100):
    """Endless (number, code): guesses at a hundred numbers, one after another."""
    randomness = random.Random(2)
    known = [receipts.new_number(date(2026, 11, 23)) for _ in range(numbers)]
    while True:
        for number in known:
            yield number, "".join(randomness.choices(receipts.ALPHABET, k=receipts.CODE_LENGTH))
