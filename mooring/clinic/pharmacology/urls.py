from django.urls import path

from mooring.clinic.pharmacology import two_doses, views

urlpatterns = [
    path("fit/", views.model_fit, name="model_fit"),
    path("what-if/", views.what_if_page, name="what_if"),
    path("what-if/orders/<uuid:order_id>/", views.what_if_order, name="what_if_order"),
    path("two-doses/<uuid:course_id>/", two_doses.two_doses, name="two_doses"),
]
