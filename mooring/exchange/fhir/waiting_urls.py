"""Addresses of files that wait to be compared with a chart."""

from django.urls import URLPattern, URLResolver, path

from mooring.exchange.fhir import comparison

urlpatterns: list[URLPattern | URLResolver] = [
    path("into/<uuid:patient_id>/", comparison.import_into, name="import_into"),
    path("<uuid:waiting_id>/", comparison.import_compare, name="import_compare"),
    path("<uuid:waiting_id>/aside/", comparison.import_aside, name="import_aside"),
    path("<uuid:waiting_id>/own/", comparison.import_own, name="import_own"),
]
