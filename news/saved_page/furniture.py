"""What stands on a page around its article, told by its words."""

import re

from news.saved_page.folding import fold

_TOOLS = (
    "首页|返回首页|网站首页|投稿|收藏|加入收藏|收藏本页|本文收藏|设为首页|微信|微信公众号|公众号|关注公众号|扫一扫|加入QQ交流群|QQ交流群|"
    "QQ|QQ空间|QQ好友|新浪微博|腾讯微博|微博|朋友圈|微信好友|人人网|豆瓣|分享|分享到|分享至|复制链接|留言|留言箱|打开菜单|收起菜单|"
    "打印|打印本页|打印文章|打印此页|我要打印|关闭|关闭窗口|关闭本页|关闭页面|返回|返回列表|返回顶部|返回上级|回到顶部|TOP|保存|推荐|"
    "字体|字号|大|中|小|默认|正常|特大|超大|大中小|小中大|繁体|简体|繁體|无障碍|无障碍浏览|长者模式|关怀版|适老化|语音播报|"
    "手机版|手机查看|电脑版|网站地图|联系我们|关于我们|登录|注册|搜索|RSS|更多|查看更多|举报|纠错|我要纠错|点赞|赞|评论|我要评论|"
    r"视力保护色|视力保护|(?:点赞|赞|收藏|分享|评论)\s?\(?\d{1,6}\)?|双击滚屏|自动滚屏|下载文字版|下载图片版|阅读全文"
)
_BETWEEN = r"[\s|丨/·、,:;.\[\]【】()<>《》«»+\-_]*"
_TOOL_LINE = re.compile(rf"{_BETWEEN}(?:(?:{_TOOLS}){_BETWEEN}){{1,12}}", re.I)
_TOOL_LINE_MAX = 60  # characters

# Where one of these begins a line below some body, the article is over.
_END = re.compile(
    r"[\[【(《\s|·•]*(?:"
    r"[上下]\s?一?\s?[篇条页则张](?:文章|新闻|信息)?\s*(?:[:】\]>»|]|没有|暂无|已是|已经|$)|[前后]一[篇条]\s*:|"
    r".{0,40}版权所有(?!权|者)|版权(?:声明|与免责)|(?:关键词|标签|tags?)\s*:|-{3,}\s*分隔线|copyright\b|©|.{0,60}ICP[备证]\s?\d|.{0,60}公网安备|网站标识码|"
    r"(?:免责|本网|本站|网站)声明|凡(?:本网|本站)?注明|"
    r"分享(?:到|至|本文)?\s*:|扫一扫.{0,20}(?:打开|分享|查看|关注|阅读)|"
    r"(?:网友|我要|发表|最新|全部|用户|文明)评论|共有?\s*\d+\s*条评论|"
    r"您?可能(?:也|还)?(?:感兴趣|喜欢)|返回(?:顶部|列表)\s*$|双击(?:自动)?滚屏"
    r")",
    re.I,
)
# These end it only where no text of the article follows.
_MAYBE_END = re.compile(
    r"[\[【(《\s|·•■◆]*(?:相关|延伸|推荐|热门|热点|更多|最新|图片|热文|往期)"
    r"(?:阅读|链接|新闻|文章|信息|报道|资讯|内容|专题|推荐|排行|动态|点击|回顾)?\s*[】\]:》>]*\s*"
)
_QUOTES = "”’\"')】》」』] "
_ORGANISATION = re.compile(
    r"(?:委员会|管委会|办公室|总局|总署|中心|协会|学会|商会|联盟|联合会|研究院|研究所|集团|公司|银行|大学|工程院|科学院|平台|港区|"
    r"开发区|新区|园区|日报|晚报|时报|早报|电讯|消息|政府|商务厅|公安部|税务局|[一-鿿][部局厅署网报])+"
)
_SENTENCE_MARK = re.compile(r"[,。;:、!?\d()“”]")


def is_furniture(text):
    """Tell whether a line is nothing but tools of a page: 打印 关闭, 分享到:, 字体:大 中 小."""
    return len(text) <= _TOOL_LINE_MAX and _TOOL_LINE.fullmatch(fold(text)) is not None


def is_end(text):
    return _END.match(fold(text[:200])) is not None


def may_be_end(text):
    return len(text) <= 20 and _MAYBE_END.fullmatch(fold(text)) is not None


def is_finished(text):
    """Tell whether a line ends as a sentence does."""
    return fold(text).rstrip(_QUOTES).endswith(("。", "!", "?", "…", "."))


def is_closed(text):
    """Tell whether a line ends with a mark: as a sentence does, or as what announces or continues a list."""
    return is_finished(text) or fold(text).rstrip(_QUOTES).endswith((";", ":"))


def is_sentence(text):
    """Tell whether a line reads like a part of running text, not like a heading, a name or a row of names."""
    return is_closed(text) or (len(text) > 40 and _SENTENCE_MARK.search(fold(text)) is not None)


def is_names(text):
    """Tell whether a line is names of organisations run together, as a row of links looks without its links."""
    if _SENTENCE_MARK.search(fold(text)):
        return False
    names = len(_ORGANISATION.findall(text))
    return names >= 3 or (names >= 2 and len(text) <= 8 * names)
