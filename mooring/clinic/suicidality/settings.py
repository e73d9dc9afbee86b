"""What a tier holds: a group plan, a supply for home, a start; and what opened it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.holds import Hold
from mooring.clinic.people.models import Patient
from mooring.clinic.suicidality.models import Setting, TierOpening
from mooring.clinic.suicidality.tiers import PatientTier, tier_of

GROUP_REGIMENS = frozenset({"sublingual_group"})
"""Regimens in which several patients are treated together."""
OPEN, WAIT = "open", "wait"
CLAIMS = ("choice.suicidality-setting",)
NAMES = {Setting.GROUP: "A group plan", Setting.HOME: "A supply for home"}


def setting_holds(patient: Patient, setting: Setting, now: datetime) -> list[Hold]:
    """Why a group plan or a supply for home cannot go on now; empty when nothing holds."""
    tier = tier_of(patient, now)
    needs = tier.path.group if setting is Setting.GROUP else tier.path.home
    if needs == OPEN or (needs != WAIT and opening(tier, setting) is not None):
        return []
    name = NAMES[setting]
    if needs == WAIT:
        words = f"{name} waits until the suicidality tier is known; it is {tier.in_words}."
        return [hold(patient, setting, words, "Enter the tier")]
    words = (
        f"The suicidality tier is {tier.in_words}. {name} needs a second, distinct person "
        "and a reason."
    )
    return [hold(patient, setting, words, "Open it with a second person")]


def start_holds(patient: Patient, now: datetime, known: PatientTier | None = None) -> list[Hold]:
    """A high tier asks for a prescriber's decision on the day, before any drug goes in.

    `known` is the tier at `now`, where it was read already.
    """
    tier = known or tier_of(patient, now)
    if tier.path.start != "prescriber" or opened_today(tier, now):
        return []
    words = f"The suicidality tier is {tier.in_words}: a prescriber decides about today's start."
    return [hold(patient, Setting.START, words, "Read it and decide")]


def hold(patient: Patient, setting: Setting, words: str, verb: str) -> Hold:
    """One hold, with the page on which it is settled."""
    url = reverse("suicidality", args=[patient.pk])
    return Hold(f"suicidality.{setting}", words, url, verb, CLAIMS)


def opening(tier: PatientTier, setting: Setting) -> TierOpening | None:
    """What opened this setting over the tier that counts now; None where nothing did."""
    if tier.entry is None or tier.standing.newest is None:
        return None
    if tier.entry.entered_at != tier.standing.newest.at:
        return None
    return tier.entry.openings.filter(setting=setting).first()


def opened_today(tier: PatientTier, now: datetime) -> bool:
    """True when a prescriber decided on the clinic's day of `now`."""
    found = opening(tier, Setting.START)
    return found is not None and clinic_day(found.opened_at) == clinic_day(now)
