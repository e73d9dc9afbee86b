"""The interactions of a patient as staff read them: what was not read first, the route named."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.urls import reverse

from mooring.clinic.audit.models import AuditRow
from mooring.clinic.interactions.reading import standing_order
from mooring.clinic.people.lists import say_of_list
from mooring.clinic.people.models import Medication
from mooring.core.code_systems import RXNORM
from tests.clinic.courses.steps import acting
from tests.support.behind import update_behind
from tests.support.clinical import session_for

pytestmark = pytest.mark.django_db
NOVEMBER_12 = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


def listed(patient, text, dose="", status="active", **more):
    return Medication.objects.create(
        patient=patient,
        text=text,
        dose=dose,
        status=status,
        origin="entered by hand by B. Okafor",
        recorded_at=NOVEMBER_12,
        **more,
    )


def page(client, patient, **chosen):
    answer = client.get(reverse("interactions", args=[patient.id]), chosen)
    assert answer.status_code == 200
    return words(answer.content.decode())


def words(markup):
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", markup).split()))


def by(client, patient, route, drug="racemic_ketamine"):
    return page(client, patient, drug=drug, route=route)


@pytest.fixture
def nurse(signed_in, bob):
    return signed_in(bob)


def test_without_a_list_nothing_was_compared_and_the_page_says_so(nurse, patient):
    read = by(nurse, patient, "oral")
    assert "No medication is on record: nothing was compared" in read
    assert "That is not the same as no medicine taken." in read
    assert "No rule here speaks" not in read


def test_a_list_that_was_said_to_be_empty_is_told_as_such_with_who_and_when(nurse, patient, bob):
    say_of_list(acting(bob), patient=patient, name="medications", none=True, now=NOVEMBER_12)
    read = by(nurse, patient, "oral")
    assert "Said to be empty: there is nothing to compare" in read
    assert "No medicine is taken now: said by B. Okafor, 12 Nov 2026, 09:00" in read
    assert "nothing was compared" not in read
    listed(patient, "Rifampin 300 MG Oral Capsule")
    update_behind(Medication.objects.all(), recorded_at=NOVEMBER_12 + timedelta(hours=1))
    read = by(nurse, patient, "oral")
    assert "said by B. Okafor" not in read
    assert "Decide first Rifampicin" in read


def test_the_same_medicine_weighs_by_the_route_that_is_chosen(nurse, patient):
    listed(patient, "Rifampin 300 MG Oral Capsule")
    assert "Decide first Rifampicin" in by(nurse, patient, "oral")
    vein = by(nurse, patient, "intravenous_infusion")
    assert "Know Rifampicin" in vein
    assert "by 14 %" in vein
    assert "by 86 %" in vein


def test_what_carries_over_is_said_with_the_study_beside_it(nurse, patient):
    listed(patient, "clarithromycin 500 mg")
    read = by(nurse, patient, "sublingual")
    assert "Known from the oral route, carried over to the sublingual route." in read
    assert "n = 10, healthy volunteers. S-ketamine, oral. Verified against its source." in read


def test_a_number_of_people_stands_once_and_a_medicine_beside_a_rule_of_another_name(
    nurse, patient
):
    listed(patient, "Vyvanse 30 mg")
    listed(patient, "sertraline")
    read = by(nurse, patient, "oral")
    assert "Watch Stimulant Lisdexamfetamine" in read
    assert "Know SSRI Sertraline" in read
    assert "49 inpatients" in read
    assert "n = 49" not in read


def test_what_was_not_recognised_stands_before_the_findings(nurse, patient):
    listed(patient, "lorazapam 1 mg nightly")
    listed(patient, "Vyvanse 30 mg")
    read = by(nurse, patient, "intranasal")
    assert read.index("Not recognised: 1") < read.index("Watch Stimulant")
    assert "Reads like: lorazepam. Nothing follows from that." in read


def test_no_rule_is_not_told_as_no_interaction(nurse, patient):
    listed(patient, "Amlodipine 5 MG Oral Tablet", system=RXNORM, code="197361")
    read = by(nurse, patient, "oral")
    assert "No rule here is not the same as no interaction." in read
    assert "RxNorm code 197361 is not in our table: read by its words." in read


def test_every_entry_stands_in_the_whole_list_with_what_it_was_read_as(nurse, patient):
    listed(patient, "Oxycodone 5 mg", system=RXNORM, code="6470")
    listed(patient, "gibberish")
    listed(patient, "", status="stopped")
    whole = page(nurse, patient).partition("The whole list")[2]
    assert "Oxycodone 5 mg Read as lorazepam, oxycodone." in whole
    assert "the words say another: both count." in whole
    assert "2 rules" in whole
    assert "gibberish Not recognised" in whole
    assert "(no words) (stopped) Not recognised" in whole


def test_a_benzodiazepine_is_told_table_by_table_with_the_warning(nurse, patient):
    listed(patient, "Ativan 1 mg", "1 tablet at bedtime")
    read = page(nurse, patient)
    assert "above 8 mg a day by some tables" in read
    assert "Never left out abruptly, not even on the day" in read
    assert "5 mg a day by VA and DoD, 2021" in read
    assert "10 mg a day by Ashton, 2002" in read
    assert "10 mg a day by WHO, 2009" in read


def test_an_amount_that_is_not_said_is_not_known_and_its_line_is_quoted(nurse, patient):
    listed(patient, "lorazepam 0.5 mg", "as needed")
    read = page(nurse, patient)
    assert "amount not known" in read
    assert "Taken as needed, in “lorazepam 0.5 mg, as needed”." in read
    assert "Never left out abruptly" in read


def test_a_medicine_that_is_over_is_told_apart_and_makes_no_finding(nurse, patient):
    listed(patient, "clarithromycin", status="completed")
    listed(patient, "rifampin", status="unknown", until=date(2026, 10, 1))
    read = by(nurse, patient, "oral")
    assert "Over, by the record" in read
    assert "No rule here speaks" in read


def test_each_amount_that_is_added_up_stands_with_the_words_it_was_read_in(nurse, patient):
    listed(patient, "Ativan 1 mg", "1 tablet at bedtime")
    listed(patient, "lorazepam 1 mg bid")
    read = page(nurse, patient)
    assert "Lorazepam 1 mg a day , read in “Ativan 1 mg, 1 tablet at bedtime”." in read
    assert "Lorazepam 2 mg a day , read in “lorazepam 1 mg bid”." in read
    assert "In more than one entry: lorazepam" in read


def test_renewals_in_the_same_words_are_counted_once_and_the_page_says_so(nurse, patient):
    for _ in range(3):
        listed(
            patient, "Clonazepam 1 MG Oral Tablet", "Take 1 tablet by mouth 2 (two) times daily."
        )
    read = page(nurse, patient)
    assert "20 mg a day by VA and DoD, 2021" in read
    assert "40 mg a day by Ashton, 2002" in read
    assert "In the same words more than once: clonazepam Counted once" in read
    assert "In more than one entry" not in read


def test_ketamine_that_stands_on_the_list_is_decided_on_first(nurse, patient):
    listed(patient, "ketamine 100 mg troche", "1 troche every 3 days")
    assert "Decide first Ketamine already on the list" in by(nurse, patient, "oral")


def test_a_denial_an_allergy_and_an_end_in_words_are_listed_apart(nurse, patient):
    for text in ("denies alcohol", "Codeine allergy", "no longer takes Parnate"):
        listed(patient, text)
    read = by(nurse, patient, "oral")
    over, _, denied = read.partition("Not taken, by its words")
    assert "no longer takes Parnate" in over
    assert "Watch Monoamine oxidase inhibitor" in over
    assert "denies alcohol" in denied
    assert "Codeine allergy" in denied
    assert "Opioid" not in over


def test_beside_an_order_what_has_no_rule_is_counted(patient):
    for text in ("rifampin", "naltrexone 50 mg", "Seroquel"):
        listed(patient, text)
    assert "2 recognised, without a rule here: that is not the same" in beside(patient)


def test_without_an_order_a_route_is_asked_for_and_no_finding_shown(nurse, patient):
    listed(patient, "rifampin")
    read = page(nurse, patient)
    assert "No order stands. Choose a drug and a route" in read
    assert "Decide first" not in read


def test_the_order_that_stands_gives_the_route(nurse, patient, alice):
    order = session_for(patient, alice).order
    listed(patient, "rifampin")
    assert "From the order signed" in page(nurse, patient)
    other = by(nurse, patient, "oral")
    assert "Chosen here. The order that stands is KETAmine (racemic), intravenous" in other
    order.withdrawn_at, order.withdrawn_reason = NOVEMBER_12, "For a test."
    order.save()
    assert standing_order(patient) is None


def test_a_route_that_there_is_not_is_asked_for_again(nurse, patient):
    listed(patient, "rifampin")
    read = by(nurse, patient, "by_air")
    assert "One from the list is needed." in read
    assert "Choose a drug and a route" in read


def test_opening_the_page_is_written_down(nurse, patient):
    page(nurse, patient)
    row = AuditRow.objects.get(action="chart.opened", patient=patient.id)
    assert "interactions" in str(row.body)


def test_the_chart_leads_to_the_page(nurse, patient):
    chart = nurse.get(reverse("patient", args=[patient.id])).content.decode()
    assert reverse("interactions", args=[patient.id]) in chart


def beside(patient, drug="racemic_ketamine", route="oral"):
    tag = "{% load interactions %}{% interactions_beside patient drug route %}"
    context = Context({"patient": patient, "drug": drug, "route": route})
    return words(Template(tag).render(context))


def test_beside_an_order_the_findings_stand_in_a_few_lines(patient):
    for text in ("rifampin", "diazepam 8.1 mg daily", "gibberish"):
        listed(patient, text)
    read = beside(patient)
    assert "1 not recognised" in read
    assert "Benzodiazepines as diazepam: above 8 mg a day" in read
    assert "Decide first Rifampicin" in read
    assert "Reasons and sources" in read


def test_beside_an_order_an_empty_list_is_no_all_clear(patient):
    assert "No medication on record: nothing was compared" in beside(patient)


def test_beside_a_form_without_a_route_the_page_is_led_to(patient):
    read = beside(patient, drug="", route="")
    assert "depends on the drug and the route" in read
    assert "No rule here" not in read
