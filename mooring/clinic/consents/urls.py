from django.urls import URLPattern, URLResolver, path

from mooring.clinic.consents import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:course_id>/", views.consents, name="consents"),
]
