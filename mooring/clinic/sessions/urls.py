from django.urls import URLPattern, URLResolver, path

from mooring.clinic.sessions import attention, lists, record, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", lists.sessions, name="sessions"),
    path("new/<uuid:course_id>/", lists.session_new, name="session_new"),
    path("calling/", attention.rooms_calling, name="rooms_calling"),
    path("<uuid:session_id>/", views.session, name="session"),
    path("<uuid:session_id>/live/", views.session_live, name="session_live"),
    path("<uuid:session_id>/chart/", views.session_chart, name="session_chart"),
    path("<uuid:session_id>/entries/", views.session_entry, name="session_entry"),
    path(
        "<uuid:session_id>/entries/opened/",
        views.session_entry_opened,
        name="session_entry_opened",
    ),
    path("sitters/", lists.sitters, name="sitters"),
    path("<uuid:session_id>/log/", views.session_log, name="session_log"),
    path("<uuid:session_id>/move/", lists.session_move, name="session_move"),
    path("<uuid:session_id>/cancel/", lists.session_cancel, name="session_cancel"),
    path("<uuid:session_id>/record/", record.session_record, name="session_record"),
]
