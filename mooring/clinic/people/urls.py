"""Addresses of the patient list and the chart."""

from django.urls import URLPattern, URLResolver, path

from mooring.clinic.people import entry_views, identity_views, list_views, views

ENTRY = "<uuid:patient_id>/entries/<slug:kind>/<uuid:entry_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.patients, name="patients"),
    path("new/", views.patient_new, name="patient_new"),
    path("<uuid:patient_id>/", views.patient, name="patient"),
    path("<uuid:patient_id>/lists/<slug:name>/", list_views.list_asked, name="list_asked"),
    path("<uuid:patient_id>/add/<slug:kind>/", views.record_add, name="record_add"),
    path("<uuid:patient_id>/identity/", identity_views.identity_history, name="identity_history"),
    path(
        "<uuid:patient_id>/identity/correct/",
        identity_views.identity_correct,
        name="identity_correct",
    ),
    path(f"{ENTRY}/", entry_views.record_entry, name="record_entry"),
    path(f"{ENTRY}/end/", entry_views.entry_end, name="entry_end"),
    path(f"{ENTRY}/correct/", entry_views.entry_correct, name="entry_correct"),
    path(f"{ENTRY}/strike/", entry_views.entry_strike, name="entry_strike"),
]
