"""Addresses of imports. Taking a file in belongs to the floor above, which reads it."""

from django.urls import URLPattern, URLResolver, include, path

from mooring.clinic.imports import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("new/", include("mooring.exchange.fhir.urls")),
    path("waiting/", include("mooring.exchange.fhir.waiting_urls")),
    path("<uuid:batch_id>/", views.import_batch, name="import"),
    path("<uuid:batch_id>/file/", views.import_file, name="import_file"),
    path("kept/<uuid:kept_id>/", views.kept_resource, name="kept_resource"),
]
