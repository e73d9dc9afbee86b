"""Addresses of screening."""

from django.urls import URLPattern, URLResolver, path

from mooring.clinic.screening import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sides/", views.screening_sides, name="screening_sides"),
    path("<uuid:patient_id>/plan/", views.screening_plan, name="screening_plan"),
    path("<uuid:patient_id>/", views.screening, name="screening"),
    path("<uuid:patient_id>/interview/", views.screening_answer, name="screening_answer"),
    path("<uuid:patient_id>/decision/", views.screening_decide, name="screening_decide"),
]
