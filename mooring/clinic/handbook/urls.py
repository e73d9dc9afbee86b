from django.urls import path

from mooring.clinic.handbook import views

urlpatterns = [
    path("", views.handbook, name="handbook"),
    path("claims/<str:claim_id>/", views.claim, name="claim"),
    path("disagreements/<str:disagreement_id>/", views.disagreement, name="disagreement"),
    path("policies/<slug:kind>/<slug:name>/", views.policy, name="policy"),
]
