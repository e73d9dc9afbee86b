from django.urls import path

from mooring.clinic.outcomes import views

urlpatterns = [
    path("", views.program, name="program"),
    path("<uuid:patient_id>/", views.outcome, name="outcome"),
]
