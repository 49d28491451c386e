from django.urls import path

from feedback import reading, views
from feedback.notices import notices
from portal.sender_notices import CONFIRM, STOP

app_name = "feedback"

urlpatterns = [
    path("feedback/", reading.message_list, name="message_list"),
    path("feedback/new/", views.message_new, name="message_new"),
    path("feedback/receipt/", views.receipt, name="receipt"),
    path("feedback/attachments/<str:token>/", views.attachment, name="attachment"),
    path("feedback/<int:pk>/", reading.message, name="message"),
    path("feedback/figures/", reading.figures_page, name="figures"),
    path("feedback/figures/<int:year>-<int:number>/", reading.figures_month, name="figures_month"),
    path("feedback/notices/confirm/<str:token>/", notices.view(CONFIRM), name="notices_confirm"),
    path("feedback/notices/stop/<str:token>/", notices.view(STOP), name="notices_stop"),
]
