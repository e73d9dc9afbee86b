"""The nine published medication errors of evidence file §7.2 (T19): each is refused, and says why.

One row is one case: who published it, what was meant and what was given, and the first step at
which a careful program can refuse it. Where the report gives no body weight or dose by weight,
the row takes 70 kg and says so; no row rests on that number.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest

from mooring.core.drugs.code_check import check_code
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.order import BolusOrder, InfusionOrder, InjectionOrder
from mooring.core.drugs.products import injectables
from mooring.core.drugs.vial_use import VialUse
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.drugs.written import read, write
from mooring.core.protocols.bounds import Level, check_drawn_up, check_order, load
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
)

DAY = date(2026, 11, 3)
RACEMIC = Drug.RACEMIC_KETAMINE
VIAL_OF_100 = "0409-2051-05"


def mg_per_ml(number: int) -> MilligramsPerMillilitre:
    return MilligramsPerMillilitre(number)


def weighing(kilograms: int = 70) -> Weight:
    return Weight(Kilograms(kilograms), DAY, WeightMethod.WEIGHED)


def infusion(
    dose: Milligrams | MilligramsPerKilogram, vial: int | None = None, kilograms: int = 70
) -> InfusionOrder:
    strength = None if vial is None else mg_per_ml(vial)
    return InfusionOrder(
        RACEMIC, Route.INTRAVENOUS_INFUSION, dose, weighing(kilograms), Minutes(40), strength
    )


def scanned(order: InfusionOrder, code: str) -> str:
    """What the check of a scanned vial says; empty when it fits."""
    check = check_code(order, code, DAY)
    return "" if check.fits else " ".join(check.said)


def drawn_up(order: InfusionOrder | InjectionOrder, millilitres: int, strength: int) -> str:
    """What stands against a volume in the syringe that nobody may sign away; empty if nothing."""
    policy = load("im_racemic" if isinstance(order, InjectionOrder) else "iv_racemic")
    found = check_drawn_up(policy, order, Millilitres(millilitres), mg_per_ml(strength))
    return " ".join(each.text for each in found if each.level is Level.REFUSE)


def bounded(order: InfusionOrder) -> str:
    """What the bounds refuse, whoever signs; empty if nothing."""
    found = check_order(order, DAY, mg_per_ml(1), ())
    return " ".join(each.text for each in found if each.level is Level.REFUSE)


def kept(changed: dict[str, object]) -> str:
    """Why an order with that change is not an order; empty if it is one."""
    try:
        read({**write(infusion(Milligrams(35))), **changed})
    except ValueError as refused:
        return str(refused)
    return ""


class Case(NamedTuple):
    source: str
    meant_and_given: str
    step: str
    refused: Callable[[], str]
    """The first step at which it can be refused; gives the words."""
    says: str
    meant: Callable[[], str]
    """The same step with what was meant: it lets that through."""


CASES = (
    Case(
        source="AHRQ PSNet 2021",
        meant_and_given="95 mg meant, 950 mg given: the vial held 100 mg/mL, not 10",
        step="the vial is scanned",
        refused=lambda: scanned(infusion(Milligrams(95), vial=10), VIAL_OF_100),
        says="The order names 10 mg/mL; this is KETAmine (racemic) injection 100 mg/mL. "
        "Of this one the dose is 0.95 mL of 100 mg/mL, not the ordered volume.",
        meant=lambda: scanned(infusion(Milligrams(95), vial=10), "42023-113-10"),
    ),
    Case(
        source="Brighton 2019",
        meant_and_given="30 mg meant, 150 mg given: 3 mL of 50 mg/mL, not of 10",
        step="the volume is drawn up",
        refused=lambda: drawn_up(infusion(Milligrams(30), vial=10), 3, 50),
        says="3 mL of 50 mg/mL holds 150 mg, 5 times the ordered 30 mg. "
        "That dose is 0.6 mL of 50 mg/mL.",
        meant=lambda: drawn_up(infusion(Milligrams(30), vial=10), 3, 10),
    ),
    Case(
        source="ISMP 1998, first case",
        meant_and_given="50 mg meant, 500 mg given: 50 mg/mL read as what the 10 mL vial holds",
        step="the volume is drawn up",
        refused=lambda: drawn_up(infusion(Milligrams(50)), 10, 50),
        says="10 mL of 50 mg/mL holds 500 mg, 10 times the ordered 50 mg. "
        "That dose is 1 mL of 50 mg/mL.",
        meant=lambda: drawn_up(infusion(Milligrams(50)), 1, 50),
    ),
    Case(
        source="ISMP 1998, second case: a child of 4",
        meant_and_given="50 mg meant, 500 mg given: the same vial read the same way",
        step="the volume is drawn up",
        # The report gives no weight: 16 kg stands for a child of that age.
        refused=lambda: drawn_up(
            InjectionOrder(RACEMIC, Route.INTRAMUSCULAR, Milligrams(50), weighing(16)), 10, 50
        ),
        says="10 mL of 50 mg/mL holds 500 mg, 10 times the ordered 50 mg. "
        "That dose is 1 mL of 50 mg/mL.",
        meant=lambda: drawn_up(
            InjectionOrder(RACEMIC, Route.INTRAMUSCULAR, Milligrams(50), weighing(16)), 1, 50
        ),
    ),
    Case(
        source="ISMP 1998, third case",
        meant_and_given='100 mg meant, 500 mg given: "100 mg" taken for "100 mg/mL" of 5 mL',
        step="the order is written: an amount of drug is no concentration",
        refused=lambda: kept({"dose": {"value": "100", "unit": "mg/mL"}}),
        says="dose.unit: Input should be 'mg' or 'mg/kg'",
        meant=lambda: kept({"dose": {"value": "100", "unit": "mg"}}),
    ),
    Case(
        source="IJMT 2003: a woman of 69, a fatal infarction",
        meant_and_given="ten times the dose: a decimal point; the row takes 0.5 mg/kg as meant",
        step="the order is read back against its bounds",
        refused=lambda: bounded(infusion(MilligramsPerKilogram("5"))),
        says="5 mg/kg is above 4.5 mg/kg, more than this policy ever accepts.",
        meant=lambda: bounded(infusion(MilligramsPerKilogram("0.5"))),
    ),
    Case(
        source="Emergency department teaching slide: arithmetic",
        meant_and_given="0.5 mg/kg meant, 50 mg/kg given",
        step="the order is read back against its bounds",
        refused=lambda: bounded(infusion(MilligramsPerKilogram(50))),
        says="50 mg/kg is above 4.5 mg/kg, more than this policy ever accepts.",
        meant=lambda: bounded(infusion(MilligramsPerKilogram("0.5"))),
    ),
    Case(
        source="Emergency department teaching slide: route",
        meant_and_given='intramuscular meant, "IM" heard as "IN"',
        step="the order is written: a route has no two-letter form",
        refused=lambda: kept({"route": "IN"}),
        says="route: Input should be",
        meant=lambda: kept({"route": "intravenous_infusion"}),
    ),
    Case(
        source="Signa Vitae 2017",
        meant_and_given="ketoprofen meant, ketamine given: the names look alike",
        step="the order is written: no other drug can be ordered",
        refused=lambda: kept({"drug": "ketoprofen"}),
        says="drug: Input should be 'racemic_ketamine' or 'esketamine'",
        meant=lambda: kept({"drug": "racemic_ketamine"}),
    ),
)


def test_there_are_nine() -> None:
    assert len({case.source for case in CASES}) == 9


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_the_published_error_is_refused_and_says_why(case: Case) -> None:
    assert case.says in case.refused()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_what_was_meant_is_let_through_at_the_same_step(case: Case) -> None:
    assert case.meant() == ""


# The second guard, for where the first was not asked.


@pytest.mark.parametrize(("strength", "volume"), [(10, "9.5"), (50, "1.9"), (100, "0.95")])
def test_every_order_says_its_volume_at_every_strength(strength: int, volume: str) -> None:
    """PSNet 2021 and Brighton 2019: the wrong vial shows as another volume."""
    order = infusion(Milligrams(95))
    assert f"95 mg ÷ {strength} mg/mL = {volume} mL" in order.arithmetic()


def test_a_vial_says_what_it_holds_and_not_only_how_strong_it_is() -> None:
    """ISMP 1998: 10 mL of 50 mg/mL are 500 mg."""
    fifty = next(each for each in injectables() if each.concentration == mg_per_ml(50))
    said = VialUse(Milligrams(50), fifty, fifty.vials[0]).text()
    assert said[0] == "1 vial of 10 mL of 50 mg/mL; a full one holds 500 mg"
    assert said[2].startswith("Left over: 9 mL = 450 mg")


def test_a_concentration_cannot_be_given_as_a_dose() -> None:
    """ISMP 1998, third case: the type itself refuses it."""
    with pytest.raises(TypeError, match=r"dose: give Milligrams or MilligramsPerKilogram"):
        infusion(mg_per_ml(100))  # type: ignore[arg-type]


def test_an_injection_order_takes_no_nasal_route() -> None:
    with pytest.raises(ValueError, match="intramuscular or subcutaneous, not intranasal"):
        InjectionOrder(RACEMIC, Route.INTRANASAL, Milligrams(35), weighing())


@pytest.mark.parametrize("route", Route)
def test_no_route_is_ever_shown_as_two_letters(route: Route) -> None:
    assert all(len(word) > 2 for word in route.display.split())


@pytest.mark.parametrize("drug", Drug)
def test_the_name_of_the_drug_stands_out_in_tall_letters(drug: Drug) -> None:
    """Signa Vitae 2017; the tall letters part ketamine from ketoprofen and ketorolac."""
    assert "KETAmine" in drug.display


def test_a_code_that_is_not_of_a_product_here_never_passes() -> None:
    """The package of another medicine, or of none that was verified."""
    check = check_code(infusion(Milligrams(35)), "99999-999-99", DAY)
    assert not check.fits
    assert "names no product known here" in check.said[0]


def test_100_mg_per_ml_does_not_go_into_a_vein_undiluted() -> None:
    bolus = BolusOrder(
        RACEMIC, Route.INTRAVENOUS_BOLUS, MilligramsPerKilogram("0.5"), weighing(), Minutes(2)
    )
    for order in (bolus, infusion(MilligramsPerKilogram("0.5"))):
        found = check_order(order, DAY, mg_per_ml(100), ())
        assert "refused_concentration" in [f.rule for f in found if f.level is Level.REFUSE]
