from django.urls import URLPattern, URLResolver, path

from mooring.clinic.sessions import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:session_id>/entries/", views.session_entry, name="session_entry"),
]
