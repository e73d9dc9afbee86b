from django.urls import path

from mooring.clinic.live import views

urlpatterns = [path("", views.stream, name="stream")]
