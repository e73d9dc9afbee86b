from django.urls import path

from mooring.clinic.measures import own, phone, views

urlpatterns = [
    path("a/<str:token>/", phone.start, name="answer"),
    path("a/<str:token>/<int:number>/", phone.question, name="answer_question"),
    path("a/<str:token>/check/", phone.check, name="answer_check"),
    path("a/<str:token>/done/", phone.done, name="answer_done"),
    path("mine/", own.own_chart, name="own_chart"),
    path("mine/<uuid:assignment_id>/start/", own.own_start, name="own_start"),
    path("patients/<uuid:patient_id>/", views.scales, name="scales"),
    path("patients/<uuid:patient_id>/ask/", views.assignment_new, name="assignment_new"),
    path("asked/<uuid:assignment_id>/link/", views.assignment_link, name="assignment_link"),
    path("answered/<uuid:response_id>/", views.response, name="response"),
]
