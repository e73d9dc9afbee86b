from django.urls import URLPattern, URLResolver, path

from mooring.clinic.courses import order_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("for/<uuid:patient_id>/new/", views.course_new, name="course_new"),
    path("<uuid:course_id>/", views.course, name="course"),
    path("<uuid:course_id>/end/", views.course_end, name="course_end"),
    path("<uuid:course_id>/visits/new/", views.therapy_visit_new, name="therapy_visit_new"),
    path("<uuid:course_id>/orders/new/", order_views.order_new, name="order_new"),
    path("<uuid:course_id>/orders/preview/", order_views.order_preview, name="order_preview"),
    path("orders/<uuid:order_id>/", order_views.order, name="order"),
    path("orders/<uuid:order_id>/withdraw/", order_views.order_withdraw, name="order_withdraw"),
]
