from django.urls import path

from news import feeds
from news.contributions.notices import notices
from news.views import (
    articles,
    beacon,
    contributions,
    contributors,
    journal,
    previews,
    rankings,
    tags,
)
from portal.sender_notices import CONFIRM, STOP

app_name = "news"

urlpatterns = [
    path("news/", articles.index, name="index"),
    path("news/hot/", rankings.hot, name="hot"),
    path("news/feed/", feeds.NewestFeed(), name="feed"),
    path("news/<int:pk>/", articles.article, name="article"),
    path("news/<int:pk>/qr.svg", articles.article_qr, name="article_qr"),
    path("news/<int:pk>/view/<str:sign>/", beacon.article_view, name="article_view"),
    path("news/attachments/<int:pk>/", articles.attachment, name="attachment"),
    path("news/tags/", tags.tag_list, name="tag_list"),
    path("news/tags/<int:pk>/", tags.tag, name="tag"),
    path("news/<slug:slug>/", articles.column, name="column"),
    path("news/<slug:slug>/feed/", feeds.ColumnFeed(), name="column_feed"),
    path("preview/<str:token>/", previews.preview, name="preview"),
    path("preview/<str:token>/attachments/<int:pk>/", previews.preview_attachment, name="preview_attachment"),
    path("journal/", journal.journal, name="journal"),
    path("journal/<int:year>/<int:number>/", journal.journal_issue, name="journal_issue"),
    path("journal/<int:year>/<int:number>/pdf/", journal.journal_pdf, name="journal_pdf"),
    path("contribute/", contributions.contribute, name="contribute"),
    path("contribute/receipt/", contributions.contribute_receipt, name="contribute_receipt"),
    path("contribute/notices/confirm/<str:token>/", notices.view(CONFIRM), name="contribute_notices_confirm"),
    path("contribute/notices/stop/<str:token>/", notices.view(STOP), name="contribute_notices_stop"),
    path("contribute/ranking/", contributions.contribute_ranking, name="contribute_ranking"),
    path("contribute/login/", contributors.contribute_login, name="contribute_login"),
    path("contribute/logout/", contributors.contribute_logout, name="contribute_logout"),
    path("contribute/mine/", contributors.mine, name="mine"),
    path("contribute/mine/new/", contributors.mine_new, name="mine_new"),
    path("contribute/mine/<int:pk>/", contributors.mine_case, name="mine_case"),
    path("contribute/mine/<int:pk>/edit/", contributors.mine_edit, name="mine_edit"),
]
