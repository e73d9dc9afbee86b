from django.urls import path

from mooring.clinic.vials import views

urlpatterns = [path("orders/<uuid:order_id>/", views.vial_check, name="vial_check")]
