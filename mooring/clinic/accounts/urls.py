from django.urls import URLPattern, URLResolver, path

from mooring.clinic.accounts import lock_views, set_up, staff

urlpatterns: list[URLPattern | URLResolver] = [
    path("lock/", lock_views.lock, name="lock"),
    path("unlock/", lock_views.unlock, name="unlock"),
    path("touch/", lock_views.touch, name="touch"),
    path("set-up/<str:key>/", set_up.set_up, name="set_up"),
    path("staff/", staff.staff, name="staff"),
    path("staff/<uuid:user_id>/end/", staff.staff_end, name="staff_end"),
]
