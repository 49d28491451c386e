from django.urls import path

from tests.bench.peers.cms_site import views

urlpatterns = [
    path("", views.home),
    path("column/<slug:slug>/", views.column),
    path("<int:pk>/", views.article),
]
