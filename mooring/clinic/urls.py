"""All addresses: each slice brings its own."""

from django.urls import include, path

from mooring.clinic.trouble import cannot_go_on
from mooring.clinic.web import favicon, home, not_allowed, not_found

urlpatterns = [
    path("", home, name="home"),
    path("favicon.ico", favicon, name="favicon"),
    path("sign-in/", include("allauth.urls")),
    path("", include("mooring.clinic.accounts.urls")),
    path("today/", include("mooring.clinic.today.urls")),
    path("patients/<uuid:patient_id>/interactions/", include("mooring.clinic.interactions.urls")),
    path("patients/<uuid:patient_id>/exposure/", include("mooring.clinic.exposure.urls")),
    path("patients/<uuid:patient_id>/suicidality/", include("mooring.clinic.suicidality.urls")),
    path("patients/", include("mooring.clinic.people.urls")),
    path("imports/", include("mooring.clinic.imports.urls")),
    path("screening/", include("mooring.clinic.screening.urls")),
    path("courses/", include("mooring.clinic.courses.urls")),
    path("consents/", include("mooring.clinic.consents.urls")),
    path("vials/", include("mooring.clinic.vials.urls")),
    path("prescriptions/", include("mooring.clinic.prescriptions.urls")),
    path("ladders/", include("mooring.clinic.ladders.urls")),
    path("comparison/", include("mooring.clinic.comparison.urls")),
    path("pharmacology/", include("mooring.clinic.pharmacology.urls")),
    path("sessions/", include("mooring.clinic.sessions.urls")),
    path("live/", include("mooring.clinic.live.urls")),
    path("scales/", include("mooring.clinic.measures.urls")),
    path("tasks/", include("mooring.clinic.tasks.urls")),
    path("restricted/", include("mooring.clinic.restricted.urls")),
    path("alone/", include("mooring.clinic.alone.urls")),
    path("outcomes/", include("mooring.clinic.outcomes.urls")),
    path("handbook/", include("mooring.clinic.handbook.urls")),
    path("audit/", include("mooring.clinic.audit.urls")),
]

handler403 = not_allowed
handler404 = not_found
handler500 = cannot_go_on
