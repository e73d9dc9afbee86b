"""Addresses of the patient list and the chart."""

from django.urls import URLPattern, URLResolver, path

from mooring.clinic.people import list_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.patients, name="patients"),
    path("new/", views.patient_new, name="patient_new"),
    path("<uuid:patient_id>/", views.patient, name="patient"),
    path("<uuid:patient_id>/lists/<slug:name>/", list_views.list_asked, name="list_asked"),
    path("<uuid:patient_id>/add/<slug:kind>/", views.record_add, name="record_add"),
]
