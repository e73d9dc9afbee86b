"""The link beside an order asks the models about that order, to be changed from there."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from mooring.clinic.pharmacology import words
from mooring.clinic.pharmacology.forms import WhatIfForm
from mooring.clinic.pharmacology.question import question
from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology.regimen import DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.regimens.pieces import pieces
from mooring.core.pharmacology.what_if import Person

SEVENTY = Person(70.5, 44.0)
RACEMIC, ES = Drug.RACEMIC_KETAMINE, Drug.ESKETAMINE


def once(way, amount=35.0, duration=None, drug=RACEMIC):
    return Regimen(drug, (DoseEvent(0, amount, way, duration=duration),))


def asked(regimen, person=SEVENTY):
    return {name: said[0] for name, said in parse_qs(question(regimen, person)).items()}


AT_ONCE = [
    GivenAs.INTRAVENOUS_BOLUS,
    GivenAs.INTRAMUSCULAR,
    GivenAs.SUBCUTANEOUS,
    GivenAs.SUBLINGUAL,
    GivenAs.ORAL,
]


@pytest.mark.parametrize(
    "regimen",
    [
        once(GivenAs.INTRAVENOUS_INFUSION, duration=40.0),
        *[once(way) for way in AT_ONCE],
        Regimen(ES, pieces(GivenAs.NASAL_DEVICE, (0.0, 5.0, 10.0))),
        Regimen(RACEMIC, pieces(GivenAs.NASAL_SPRAY, (0.0, 10.0, 20.0))),
    ],
)
def test_every_way_of_giving_comes_back_as_the_same_question(regimen):
    form = WhatIfForm(asked(regimen))
    assert form.is_valid(), form.errors
    assert form.regimen() == regimen
    assert form.person() == SEVENTY


def test_a_dose_counted_as_hydrochloride_is_asked_as_base_to_the_hundredth():
    salt = once(GivenAs.ORAL, amount=86.6873065)
    assert asked(salt)["dose"] == "86.69"
    assert words.asked(salt, SEVENTY).startswith("KETAmine (racemic), 86.69 mg oral")


def test_whole_tens_are_typed_plainly():
    assert asked(once(GivenAs.INTRAMUSCULAR, amount=100.0))["dose"] == "100"


def test_sprays_whose_distances_differ_leave_the_distance_open():
    uneven = Regimen(RACEMIC, pieces(GivenAs.NASAL_SPRAY, (0.0, 10.0, 25.0)))
    found = asked(uneven)
    assert found["number"] == "3"
    assert "gap" not in found
    assert words.asked(uneven, SEVENTY) == (
        "KETAmine (racemic), intranasal, compounded spray: 3 × 10 mg, at minutes 0, 10, 25, "
        "for a person of 70.5 kg"
    )


def test_what_is_not_known_or_no_adult_weight_stays_open():
    found = asked(once(GivenAs.INTRAMUSCULAR), Person(12.0, None))
    assert "weight" not in found
    assert "age" not in found


@pytest.mark.parametrize(
    ("milligrams", "reads"), [(43.265, "43.27"), (43.255, "43.26"), (35.0, "35")]
)
def test_the_address_asks_for_the_amount_that_the_page_prints(milligrams, reads):
    """Half up in both places: one printed 43.26 where the other printed 43.27."""
    regimen = once(GivenAs.INTRAVENOUS_INFUSION, milligrams, 40.0)
    assert asked(regimen)["dose"] == reads
    assert f"{reads} mg intravenous infusion" in words.asked(regimen, SEVENTY)
