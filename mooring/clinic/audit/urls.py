from django.urls import URLPattern, URLResolver, path

from mooring.clinic.audit import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.audit, name="audit"),
    path("verify/", views.verify_now, name="audit_verify"),
]
