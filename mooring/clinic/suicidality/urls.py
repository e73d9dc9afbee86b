from django.urls import URLPattern, URLResolver, path

from mooring.clinic.suicidality import views

urlpatterns: list[URLPattern | URLResolver] = [path("", views.suicidality, name="suicidality")]
