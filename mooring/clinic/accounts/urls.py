from django.urls import URLPattern, URLResolver, path

from mooring.clinic.accounts import lock_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("lock/", lock_views.lock, name="lock"),
    path("unlock/", lock_views.unlock, name="unlock"),
    path("touch/", lock_views.touch, name="touch"),
]
