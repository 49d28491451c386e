from django.urls import path

from associations import views

app_name = "associations"

urlpatterns = [
    path("associations/", views.association_list, name="association_list"),
    path("associations/<int:pk>/", views.association, name="association"),
    path("zones/", views.zone_list, name="zone_list"),
    path("zones/<str:code>/", views.zone, name="zone"),
    path("links/", views.link_list, name="link_list"),
]
