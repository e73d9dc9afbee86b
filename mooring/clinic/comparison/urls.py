from django.urls import path

from mooring.clinic.comparison import views

urlpatterns = [path("", views.route_comparison, name="route_comparison")]
