"""The demonstration's first visits: record, measurements, interview, decision."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from mooring.clinic.accounts.actions import link_patient
from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.demo.cast import LOGINS, Person
from mooring.clinic.demo.opening import Staff, add_login
from mooring.clinic.demo.plots import Plot
from mooring.clinic.people import actions as people
from mooring.clinic.people.lists import asked_list, say_of_list
from mooring.clinic.people.models import ListName, Patient
from mooring.clinic.permissions import Role
from mooring.clinic.screening import actions as screening
from mooring.clinic.screening.models import Decision
from mooring.clinic.screening.standing import chosen_plan, fingerprint, screen, the_policy
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.weight import WeightMethod

UNREMARKABLE = {
    "pregnancy": "no-test-negative",
    "breastfeeding": "no",
    "ketamine-allergy": "never",
    "psychosis": "never",
    "family-psychosis": "no",
    "mania": "never",
    "suicidality": "low",
    "heart-disease": "none",
    "aneurysm-avm-haemorrhage": "no",
    "stroke": "no",
    "hypertension": "none",
    "liver-disease": "none",
    "thyroid": "none",
    "ketamine-misuse": "never",
    "other-substance-use": "none",
    "withdrawal-risk": "no",
    "severe-dissociation": "no",
    "personality-disorder": "no",
    "antidepressant-trials": "3-or-more",
    "rems-enrolled": "yes",
}
DETAILS = {
    "pregnancy": "Born without a uterus",
    "heart-disease": "Stent in 2019, no angina since",
    "aneurysm-avm-haemorrhage": "Found on imaging in 2022, watched",
    "other-substance-use": "30",
    "rems-enrolled": "Before the first dose",
}
MEDICINES = ("sertraline 100 mg", "venlafaxine 150 mg", "bupropion 300 mg", "mirtazapine 30 mg")


def arrive(plot: Plot, staff: Staff, now: datetime) -> Patient:
    """The chart, the diagnosis, a medicine, weight, height and blood pressure."""
    person, nurse = plot.person, staff.nurses[plot.person.number % 2]
    patient = people.register_patient(nurse, identity(person), now=now)
    people.add_coded(
        nurse,
        patient=patient,
        kind="condition",
        text="Major depressive disorder, recurrent",
        status="active",
        since=now.date() - timedelta(days=900 + 31 * person.number),
        now=now,
    )
    people.add_coded(
        nurse,
        patient=patient,
        kind="medication",
        text=MEDICINES[person.number % len(MEDICINES)],
        status="active",
        since=now.date() - timedelta(days=200),
        now=now,
    )
    measure(patient, staff, "height", person.height_cm, "stadiometer", now)
    weigh(patient, person, staff, now)
    people.add_blood_pressure(
        nurse,
        patient=patient,
        systolic=Decimal(person.systolic),
        diastolic=Decimal(person.diastolic),
        taken_at=now,
        now=now,
    )
    give_login(patient, staff, now)
    return patient


def identity(person: Person) -> people.Identity:
    """Who the chart is about; the family name says that nobody is."""
    return people.Identity(
        family_name=person.family_name,
        given_name=person.given_name,
        birth_date=person.birth_date,
        sex=person.sex,
        identifier=person.identifier,
        phone="020 7946 0000",
        emergency_contact="Next of kin, 020 7946 0001",
    )


def weigh(patient: Patient, person: Person, staff: Staff, now: datetime) -> None:
    """A weight by scales."""
    measure(patient, staff, "weight", person.weight_kg, WeightMethod.WEIGHED, now)


def measure(
    patient: Patient, staff: Staff, code: str, value: int, method: str, now: datetime
) -> None:
    """One dated number."""
    people.add_measurement(
        staff.nurses[0],
        patient=patient,
        code=code,
        value=Decimal(value),
        method=method,
        taken_at=now,
        now=now,
    )


def give_login(patient: Patient, staff: Staff, now: datetime) -> None:
    """The one patient with an account gets it."""
    login = next(
        (
            login
            for login in LOGINS
            if Role.PATIENT in login.roles
            and login.name == f"{patient.given_name} {patient.family_name}"
        ),
        None,
    )
    if login is not None:
        link_patient(staff.desk, patient=patient, person=add_login(staff.desk, login, now), now=now)


def plan(
    patient: Patient, staff: Staff, drug: Drug, route: Route, model: str, now: datetime
) -> None:
    """What the patient is screened for."""
    screening.choose_plan(
        staff.prescriber,
        patient=patient,
        drug=drug,
        route=route,
        indication="depression",
        model_of_care=model,
        now=now,
    )


def interview(patient: Patient, plot: Plot, staff: Staff, now: datetime) -> None:
    """The answers of the first visit; some stories leave some out."""
    answers = {**UNREMARKABLE, **plot.answers}
    if plot.person.sex == "male":
        answers["pregnancy"] = "not-possible"
    for name in ListName:
        stands = asked_list(patient, name)
        say_of_list(staff.nurses[0], patient=patient, name=name, none=not stands.current, now=now)
    for question in the_policy(chosen_plan(patient)).questions:
        if question.id in plot.unanswered:
            continue
        value = answers[question.id]
        option = question.option(value)
        wants_detail = option is not None and option.detail != "none"
        screening.answer(
            staff.nurses[0],
            patient=patient,
            question=question.id,
            value=value,
            detail=DETAILS[question.id] if wants_detail else "",
            now=now,
        )


def decide(patient: Patient, plot: Plot, staff: Staff, now: datetime) -> None:
    """The prescriber's signature; with an override where the story has one."""
    found = screen(patient, clinic_day(now))
    screening.decide(
        staff.prescriber,
        patient=patient,
        decision=Decision.DECLINE if plot.declined else Decision.PROCEED,
        reason=plot.overrides or plot.declined or "Findings read with the patient; consent given.",
        seen=fingerprint(found),
        now=now,
    )
