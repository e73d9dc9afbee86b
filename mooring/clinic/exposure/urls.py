from django.urls import path

from mooring.clinic.exposure import views

urlpatterns = [
    path("", views.exposure, name="exposure"),
    path("look/<slug:item>/", views.look_new, name="look_new"),
    path("correct/<uuid:entry_id>/", views.look_correct, name="look_correct"),
    path("withdraw/<uuid:entry_id>/", views.review_withdraw, name="review_withdraw"),
    path("review/<slug:organ>/", views.organ_review, name="organ_review"),
]
