from django.urls import path

from mooring.clinic.prescriptions import views

urlpatterns = [
    path("take-home/", views.take_home, name="take_home"),
    path("order/<uuid:order_id>/", views.prescription_new, name="prescription_new"),
    path("<uuid:prescription_id>/", views.prescription, name="prescription"),
    path("<uuid:prescription_id>/text/", views.prescription_text, name="prescription_text"),
    path("<uuid:prescription_id>/pdf/", views.prescription_pdf, name="prescription_pdf"),
    path("<uuid:prescription_id>/void/", views.prescription_void, name="prescription_void"),
]
