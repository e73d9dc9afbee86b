from django.urls import URLPattern, URLResolver, path

from mooring.clinic.accounts import (
    bedside,
    getting_in,
    lock_views,
    pin_views,
    set_up,
    sign_in_views,
    staff,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("lock/", lock_views.lock, name="lock"),
    path("unlock/", lock_views.unlock, name="unlock"),
    path("touch/", lock_views.touch, name="touch"),
    path("bedside-pin/", pin_views.bedside_pin, name="bedside_pin"),
    path("bedside-pin/remove/", pin_views.bedside_pin_remove, name="bedside_pin_remove"),
    path("bedside-pin/check/", pin_views.pin_check, name="pin_check"),
    path("sign/", getting_in.sign, name="sign"),
    path("sign-ins/", sign_in_views.own_sign_ins, name="own_sign_ins"),
    path("sign-ins/others/end/", sign_in_views.end_other_sign_ins, name="end_other_sign_ins"),
    path("sign-ins/resets/read/", sign_in_views.read_resets, name="read_resets"),
    path("sign-ins/<uuid:sign_in_id>/end/", sign_in_views.end_sign_in, name="end_sign_in"),
    path("getting-in/", getting_in.door_settings, name="door_settings"),
    path("set-up/<str:key>/", set_up.set_up, name="set_up"),
    path("at-the-bedside/", bedside.bedside_settings, name="bedside_settings"),
    path("staff/", staff.staff, name="staff"),
    path("staff/<uuid:user_id>/", staff.staff_person, name="staff_person"),
    path("staff/<uuid:user_id>/roles/", staff.staff_roles, name="staff_roles"),
    path("staff/<uuid:user_id>/password/", staff.staff_password, name="staff_password"),
    path("staff/<uuid:user_id>/end/", staff.staff_change, {"change": "end"}, "staff_end"),
    path("staff/<uuid:user_id>/open/", staff.staff_change, {"change": "open"}, "staff_open"),
    path(
        "staff/<uuid:user_id>/second-step/",
        staff.staff_change,
        {"change": "second-step"},
        "staff_second_step",
    ),
]
