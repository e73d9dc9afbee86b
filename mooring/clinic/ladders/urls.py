from django.urls import path

from mooring.clinic.ladders import views

urlpatterns = [
    path("course/<uuid:course_id>/", views.ladder, name="ladder"),
    path("course/<uuid:course_id>/start/", views.ladder_start, name="ladder_start"),
    path("<uuid:ladder_id>/end/", views.ladder_end, name="ladder_end"),
    path("<uuid:ladder_id>/review/<uuid:session_id>/", views.step_review, name="step_review"),
]
