from django.urls import URLPattern, URLResolver, path

from mooring.clinic.restricted import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.notices, name="notices"),
    path("notices/<uuid:notice_id>/", views.notice_review, name="notice_review"),
    path("ask/<uuid:chart_id>/", views.break_glass, name="break_glass"),
    path("of/<uuid:chart_id>/", views.restriction, name="restriction"),
]
