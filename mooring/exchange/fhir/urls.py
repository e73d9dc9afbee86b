"""The address under which the browser sends a file in."""

from django.urls import URLPattern, URLResolver, path

from mooring.exchange.fhir import upload

urlpatterns: list[URLPattern | URLResolver] = [
    path("", upload.patient_import, name="patient_import")
]
