from django.urls import URLPattern, URLResolver, path

from mooring.clinic.today import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.today, name="today"),
    path("list/", views.today_list, name="today_list"),
]
