from django.urls import path

from mooring.clinic.interactions import views

urlpatterns = [path("", views.interactions, name="interactions")]
