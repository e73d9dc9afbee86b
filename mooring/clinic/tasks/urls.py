from django.urls import URLPattern, URLResolver, path

from mooring.clinic.tasks import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.tasks, name="tasks"),
    path("<uuid:task_id>/", views.task_close, name="task_close"),
    path("<uuid:task_id>/hand-over/", views.task_hand_over, name="task_hand_over"),
]
