from django.urls import URLPattern, URLResolver, path

from mooring.clinic.alone import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.alone, name="alone"),
    path("<uuid:statement_id>/end/", views.alone_end, name="alone_end"),
]
