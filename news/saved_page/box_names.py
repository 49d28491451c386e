"""What the boxes of pages are called, by id or class; in lower case, without hyphens and underscores."""

# TRS, UCAP, Founder, JPAAS, 博达, WeChat and the habits of hand-made pages.
_BODY = """
    trseditor trseditorview trsueditor customunionstyle ucapcontent foundercontent zoom fontzoom vsbcontent vnewscontent
    wparticlecontent richmediacontent jscontent articlecontent articlecon articlebody articletext articledetail artcontent
    artcon newscontent newscon newstext contentbody contenttext contenttxt pagescontent btcontent detailcontent detailcon
    contentdetail textcon textcontent txtcon conttxt contxt pcontent infocontent xlcontent xlcon zwcontent zhengwen
    neirong entrycontent postcontent maintext viewcontent wzcontent wznr
"""
_ASIDE = """
    nav aside footer foot header menu topnav mainnav sidenav navbar sidebar side share sharebox bdsharebuttonbox
    bsharecustom jiathis socialshare fenxiang comment comments pinglun related relate relatednews xgwz xgyd xgxw prevnext
    prenext pagination toolbar tools sidetools sidetool copyright breadcrumb breadcrumbs breadcrumbnav crumb crumbs location
    dqwz weizhi friendlink friendlinks hot hotnews rank ranking recommend tuijian qrcode ewm erweima login banner search ad
    ads advert bottom tags hidden
"""
_BREADCRUMB = "breadcrumb breadcrumbs breadcrumbnav crumb crumbs location position dqwz weizhi"
_TITLE = "title tit biaoti articletitle artititle newstitle newstit detailtitle bt"

BODY = frozenset(_BODY.split())
ASIDE = frozenset(_ASIDE.split())
BREADCRUMB = frozenset(_BREADCRUMB.split())
TITLE = frozenset(_TITLE.split())
