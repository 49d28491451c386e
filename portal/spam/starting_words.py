"""The words that a new site starts with; afterwards the list is its staff's.

No single word reaches the quarantine: people also complain about what advertisers do.
"""

WORDS = {
    3: """代开发票 开发票加 增值税发票代开 办证刻章 代办文凭 学历提升包过 博彩 真人荷官 百家乐 彩票计划 稳赚不赔 六合彩
    时时彩 网络赌场 首充送 注册送彩金 包赢 上分下分 裸聊 约炮 一夜情 上门服务按摩 援交 成人影片 代孕 私人侦探
    无抵押贷款 黑户贷款 秒批贷款 信用卡套现 花呗套现 网贷平台推荐 刷单返利 日结兼职 虚拟货币投资 带单老师 内幕牛股
    荐股 涨停群 刷关键词 快速排名 百度霸屏 外链代发 批量群发 短信群发 微信加粉 买粉 刷粉 刷赞 出售个人信息
    手机定位 查开房 黑客接单 高仿手表 原单奢侈品 减肥神药 壮阳 迷药 枪支弹药 假钞""",
    2: """贷款 套现 日赚 月入过万 躺赚 返利 优惠券领取 点击领取 免费领取 扫码领取 限时优惠 网站建设优惠 seo优化
    推广引流 精准客源 营销软件 代运营 代写论文 代发文章 批发价 厂家直销 货到付款 全国包邮 诚招代理 加盟热线
    招商加盟 casino viagra cialis porn betting backlink cryptocurrency loan forex escort""",
}


def rows():
    return [(word, weight) for weight, text in WORDS.items() for word in text.split()]
