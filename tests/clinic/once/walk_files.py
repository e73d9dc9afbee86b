"""The forms that take files, sign-in factors, versions of texts, and the first page of a clinic."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.clinic import forget
from mooring.clinic.accounts.models import Clinic
from mooring.clinic.accounts.set_up import set_up_key
from mooring.clinic.exposure.models import WatchEntry
from mooring.clinic.exposure.reading import POLICY
from mooring.clinic.imports.models import WaitingFile
from mooring.clinic.ladders import actions as ladders
from mooring.clinic.people.models import Patient
from mooring.clinic.prescriptions.models import SignedPrescription
from tests.clinic.accounts.test_set_up import FILLED
from tests.clinic.courses.steps import acting
from tests.clinic.handbook.review import steps as handbook
from tests.clinic.imports.test_merging import ASTHMA, FIRST, sent
from tests.clinic.ladders.test_ladder import ASKED, taken
from tests.clinic.once.conftest import Cast
from tests.clinic.once.walk import (
    from_page,
    hand,
    of,
    prescription,
    review_of_an_organ,
    url,
)
from tests.clinic.sessions.steps import signed_order
from tests.exchange.bundles import bundle, condition, text
from tests.support.cast import PASSWORD
from tests.support.resending import Form

TEXT = "Your blood pressure rises for a while {S2.41}. It comes down by itself."


def file(data: Any) -> tuple[str, bytes]:
    return "second.json", text(data).encode()


@of("patient_import")
def imported(cast: Cast) -> Form:
    return hand(cast.bob, "patient_import", action="imports.keep_bundle", file=file(FIRST))


@of("import_into")
def imported_into(cast: Cast) -> Form:
    chosen = file(bundle(condition(), ASTHMA))
    action = "imports.wait_for_comparison"
    return hand(cast.bob, "import_into", cast.patient, action=action, file=chosen)


def waiting(cast: Cast, data: Any) -> WaitingFile:
    browser = Form(cast.bob, "", {}).browser()
    sent(browser, FIRST, "first.json")
    answer = browser.post(
        url("import_into", Patient.objects.latest("registered_at")),
        {"file": SimpleUploadedFile(*file(data))},
    )
    assert answer.status_code == 302
    return WaitingFile.objects.get(closed_at=None)


@of("import_compare")
def merged(cast: Cast) -> Form:
    page = url("import_compare", waiting(cast, bundle(condition(), ASTHMA)))
    form = from_page(cast.bob, page, "imports.merge_file", seen="")
    context = form.browser().get(page).context["form"]
    return Form(cast.bob, page, {**form.data, "seen": context.compared.fingerprint}, form.action)


@of("import_aside")
def set_aside(cast: Cast) -> Form:
    page = url("import_aside", waiting(cast, bundle(condition(), ASTHMA)))
    return from_page(cast.bob, page, "imports.set_aside", why="of a namesake")


@of("import_own")
def own_chart(cast: Cast) -> Form:
    browser = Form(cast.bob, "", {}).browser()
    sent(browser, FIRST, "first.json")
    other = [{"system": "http://example.org/mrn", "value": "MRN-99"}]
    sent(browser, bundle(ASTHMA, identifier=other))
    found = WaitingFile.objects.get(closed_at=None)
    return hand(cast.bob, "import_own", found, action="imports.open_own_chart")


@of("bedside_pin")
def pin(cast: Cast) -> Form:
    browser = Form(cast.bob, "", {}).browser()
    page = url("bedside_pin")
    browser.post("/sign-in/reauthenticate/", {"password": PASSWORD, "next": page})
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    data = {"pin": "739208", "again": "739208"}
    return Form(None, page, data, "accounts.set_bedside_pin", cookies).with_id()


@of("bedside_pin_remove")
def removed_pin(cast: Cast) -> Form:
    form = pin(cast)
    form.browser().post(form.path, form.data)
    action = "accounts.remove_bedside_pin"
    return Form(None, url("bedside_pin_remove"), {}, action, form.cookies).with_id()


@of("staff_open")
def opened_account(cast: Cast) -> Form:
    Form(cast.olga, "", {}).browser().post(url("staff_end", cast.charlie))
    return hand(cast.olga, "staff_open", cast.charlie, action="accounts.open_access")


@of("staff_second_step")
def forgotten_step(cast: Cast) -> Form:
    return hand(cast.olga, "staff_second_step", cast.bob, action="accounts.forget_second_step")


@of("set_up")
def new_clinic(cast: Cast) -> Form:
    Clinic.objects.all().delete()
    forget()
    data = {**FILLED, "owner-username": "harbour"}
    path = reverse("set_up", args=[set_up_key()])
    return Form(None, path, data, "accounts.open_clinic").with_id()


@of("prescription_void")
def voided(cast: Cast) -> Form:
    form = prescription(cast)
    form.browser().post(form.path, form.data)
    page = url("prescription_void", SignedPrescription.objects.get())
    return from_page(cast.alice, page, "prescriptions.void", reason="Lost on the way.")


@of("review_withdraw")
def withdrawn_review(cast: Cast) -> Form:
    form = review_of_an_organ(cast)
    form.browser().post(form.path, form.data)
    review = WatchEntry.objects.get(item=POLICY.organs[0].review)
    page = url("review_withdraw", cast.patient, review)
    return from_page(cast.alice, page, "exposure.withdraw_review", words="Wrong patient.")


@of("step_review")
def looked_back(cast: Cast) -> Form:
    start = timezone.now() - timedelta(days=2)
    course = signed_order(cast.patient, cast.alice, at=start - timedelta(days=1)).course
    ladder = ladders.start(acting(cast.alice), course=course, reason="Far away.", now=start)
    session = taken(ladder, cast.alice, cast.bob, 1, start)
    page = url("step_review", ladder, session)
    items = {f"item_{number}": "none" for number, _ in enumerate(ASKED)}
    return from_page(cast.alice, page, "ladders.review", decision="go_on", words="Quiet.", **items)


@of("passage")
def remark_on_a_passage(cast: Cast) -> Form:
    page = url("passage", handbook.PRESSURE)
    return from_page(cast.bob, page, "handbook.remark", kind="typo", text="A word is missing.")


@of("chapter_remarks")
def remark_on_a_chapter(cast: Cast) -> Form:
    page = url("chapter_remarks", "safety")
    return from_page(cast.bob, page, "handbook.remark", kind="typo", text="A word is missing.")


@of("passage_edit")
def draft(cast: Cast) -> Form:
    page = url("passage_edit", handbook.PRESSURE)
    return from_page(cast.alice, page, "handbook.propose", why="Plainer.", patient=TEXT)


@of("handbook_draft")
def published(cast: Cast) -> Form:
    page = url("handbook_draft", handbook.proposed(cast.alice, patient=TEXT))
    return from_page(cast.olga, page, "handbook.publish", publish="on")
