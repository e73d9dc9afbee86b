"""Doses summed by drug and route; what arrives as an interval; published amounts beside it."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from mooring.core import evidence
from mooring.core.datafiles import DataFileError
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.exposure import (
    Administered,
    DrugExposure,
    Interval,
    beside,
    comparators,
    exposure,
    share,
)
from mooring.core.drugs.exposure import comparators as load_comparators
from mooring.core.drugs.exposure.shares import load as load_shares
from mooring.core.quantities import Milligrams

FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
YEAR_END = date(2026, 12, 31)
RACEMIC, ESKETAMINE = Drug.RACEMIC_KETAMINE, Drug.ESKETAMINE
VEIN, NOSE = Route.INTRAVENOUS_INFUSION, Route.INTRANASAL


def dose(
    amount: str | None,
    route: Route = VEIN,
    drug: Drug = RACEMIC,
    day: int = 0,
    hours: float = 0,
) -> Administered:
    at = FIRST + timedelta(days=day, hours=hours)
    return Administered(at, route, drug, None if amount is None else Milligrams(amount))


def of(*given: Administered, drug: Drug = RACEMIC) -> DrugExposure:
    found = exposure(given, until=YEAR_END).of(drug)
    assert found is not None
    return found


def mg(least: str, most: str) -> Interval:
    return Interval(Milligrams(least), Milligrams(most))


# --- sums ---


def test_eight_infusions_of_35_mg_are_280_mg_and_not_3_g() -> None:
    # E01 corrects S2.19.
    course = of(*(dose("35", day=day) for day in range(8)))
    assert (course.doses, course.nominal) == (8, Milligrams("280"))
    assert course.systemic == mg("280", "280")
    assert course.open == ()


@pytest.mark.parametrize(
    ("route", "least", "most"),
    [  # D03 0.11 to 0.50, D04 0.17 to 0.40, D05 0.08 to 0.25; 0.41 and 0.93 into the muscle
        (Route.INTRAVENOUS_INFUSION, "100", "100"),
        (Route.INTRAVENOUS_BOLUS, "100", "100"),
        (Route.INTRAMUSCULAR, "41", "93"),
        (Route.INTRANASAL, "11", "50"),
        (Route.SUBLINGUAL, "17", "40"),
        (Route.ORAL, "8", "25"),
    ],
)
def test_of_100_mg_racemic_ketamine_so_much_arrives(route: Route, least: str, most: str) -> None:
    assert of(dose("100", route)).systemic == mg(least, most)


@pytest.mark.parametrize(
    ("route", "arrives"),
    [
        (Route.INTRAVENOUS_INFUSION, "100"),
        (NOSE, "48"),
        (Route.SUBLINGUAL, "26.3"),
        (Route.ORAL, "8"),
    ],
)
def test_of_100_mg_esketamine_so_much_arrives(route: Route, arrives: str) -> None:
    assert of(dose("100", route, ESKETAMINE), drug=ESKETAMINE).systemic == mg(arrives, arrives)


def test_a_nasal_year_is_5_2_g_nominal_and_0_6_to_2_6_g_in_the_blood() -> None:
    # Evidence file, cumulative exposure: 50 mg twice a week.
    year = of(*(dose("50", NOSE, day=day * 3) for day in range(104)))
    assert year.nominal == Milligrams("5200")
    assert year.systemic == mg("572", "2600")


def test_routes_stand_apart_and_then_together() -> None:
    found = of(dose("35"), dose("100", Route.ORAL, day=1), dose("35", day=2))
    assert [(one.route, one.doses, one.nominal) for one in found.routes] == [
        (VEIN, 2, Milligrams("70")),
        (Route.ORAL, 1, Milligrams("100")),
    ]
    assert found.nominal == Milligrams("170")
    assert found.systemic == mg("78", "95")


def test_racemic_ketamine_and_esketamine_are_never_added_together() -> None:
    found = exposure([dose("50", NOSE), dose("56", NOSE, ESKETAMINE, day=1)], until=YEAR_END)
    assert [(one.drug, one.nominal) for one in found.drugs] == [
        (RACEMIC, Milligrams("50")),
        (ESKETAMINE, Milligrams("56")),
    ]
    assert not hasattr(found, "nominal")
    assert not hasattr(found, "systemic")


@drawn(
    st.lists(
        st.tuples(
            st.sampled_from(list(Drug)),
            st.sampled_from(list(Route)),
            st.none() | st.integers(min_value=0, max_value=900),
            st.integers(min_value=0, max_value=300),
        ),
        max_size=12,
    )
)
def test_every_dose_is_counted_once_and_under_its_own_drug_and_route(
    rows: list[tuple[Drug, Route, int | None, int]],
) -> None:
    given = [dose(None if mg is None else str(mg), r, d, day) for d, r, mg, day in rows]
    found = exposure(given, until=YEAR_END)
    assert sum(one.doses for one in found.drugs) == len(given)
    for one in found.drugs:
        amounts = [mg for d, _, mg, _ in rows if d is one.drug and mg is not None]
        expected = Milligrams(sum(amounts)) if amounts else None
        assert one.nominal == expected
        if one.systemic is not None and one.nominal is not None:
            assert one.systemic.least <= one.systemic.most <= one.nominal


# --- what is not known ---


def test_an_unknown_amount_makes_the_sum_a_lower_bound_and_says_so() -> None:
    found = of(dose("35"), dose(None, day=1))
    assert (found.doses, found.unknown, found.nominal) == (2, 1, Milligrams("35"))
    assert found.open == (
        "The amount of 1 of 2 intravenous infusion doses is not on record: "
        "the sums are lower bounds.",
    )


def test_unknown_amounts_alone_are_not_0_mg() -> None:
    found = of(dose(None), dose(None, day=1))
    assert found.nominal is None
    assert found.systemic is None
    assert all(one.own is None and one.ratio is None for one in beside(found))
    assert beside(found)[0].sentence() == (
        "Given in all: not on record. A course of eight infusions of 35 mg: 280 mg."
    )


def test_a_route_without_a_figure_has_no_systemic_amount_and_none_is_made_up() -> None:
    found = of(dose("35"), dose("35", Route.SUBCUTANEOUS, day=1))
    assert found.nominal == Milligrams("70")
    assert found.systemic is None
    assert found.open == (
        "How much of KETAmine (racemic) by the subcutaneous route arrives is not on record here.",
    )


def test_no_dose_on_record_is_no_exposure_and_not_one_of_0_mg() -> None:
    found = exposure([], until=YEAR_END)
    assert found.drugs == ()
    assert found.of(RACEMIC) is None


# --- the span of time ---


def test_doses_before_the_first_day_that_counts_are_left_out() -> None:
    given = [dose("35"), dose("35", day=7), dose("35", day=8)]
    found = exposure(given, since=date(2026, 1, 12), until=date(2026, 1, 13)).of(RACEMIC)
    assert found is not None
    assert found.doses == 2


def test_a_dose_still_to_come_is_refused() -> None:
    with pytest.raises(ValueError, match="given: a dose of 5 Jan 2026 lies after 4 Jan 2026"):
        exposure([dose("35")], until=date(2026, 1, 4))


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="since: 6 Jan 2026 lies after 5 Jan 2026"):
        exposure([], since=date(2026, 1, 6), until=date(2026, 1, 5))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="at: give the time with its zone"):
        Administered(datetime(2026, 1, 5, 9), VEIN, RACEMIC, Milligrams("35"))  # noqa: DTZ001


def test_the_day_of_a_dose_is_the_clinics_day() -> None:
    evening = datetime(2026, 1, 5, 20, tzinfo=timezone(timedelta(hours=-5)))
    assert Administered(evening, VEIN, RACEMIC, None).day == date(2026, 1, 5)


# --- beside published amounts ---


def own(found: DrugExposure) -> dict[str, Milligrams | None]:
    return {one.comparator.id: one.own for one in beside(found)}


def test_a_course_stands_beside_the_corrected_amount_with_its_correction() -> None:
    course, *_ = beside(of(*(dose("35", day=day) for day in range(4))))
    assert course.comparator.amount == Milligrams("280")
    assert course.comparator.corrected == "E01"
    assert course.ratio == Decimal("0.5")
    assert course.sentence() == (
        "Given in all: 140 mg. A course of eight infusions of 35 mg: 280 mg (× 0.5)."
    )


def test_each_comparator_has_the_amount_of_its_claim() -> None:
    amounts = {one.id: one.amount.value for one in comparators().comparators}
    assert amounts == {
        "course": 280,
        "nasal-year": 5200,
        "misuse-lifetime": 7_122_000,
        "misuse-once": 3500,
        "bladder": 1000,
        "thinking": 3000,
        "liver": 1000,
    }


def test_a_day_holds_all_doses_of_the_day_and_the_window_those_of_50_hours() -> None:
    found = of(
        dose("100"),
        dose("50", hours=6),
        dose("80", hours=50),
        dose("30", hours=51),
        dose("90", day=30),
    )
    measured = own(found)
    assert measured["bladder"] == measured["thinking"] == Milligrams("150")
    assert measured["misuse-once"] == Milligrams("100")
    assert measured["liver"] == Milligrams("230")
    assert measured["course"] == Milligrams("350")


def test_the_window_is_50_hours_the_longer_end_of_the_source() -> None:
    liver = next(one for one in comparators().comparators if one.id == "liver")
    assert liver.longest == 50
    assert all(one.longest == 0 for one in comparators().comparators if one.id != "liver")
    last = beside(of(dose("35")))[-1]
    assert last.sentence().startswith("Most within 50 hours: 35 mg.")


def test_50_hours_pass_alike_on_the_nights_when_the_clocks_change() -> None:
    """In New York the clocks go back on 1 November 2026: from noon to 2 p.m. are 51 hours."""
    zone = ZoneInfo("America/New_York")
    first = Administered(datetime(2026, 10, 30, 12, tzinfo=zone), VEIN, RACEMIC, Milligrams(60))
    for hour, most in ((13, "100"), (14, "60")):
        later = datetime(2026, 11, 1, hour, tzinfo=zone)
        found = of(first, Administered(later, VEIN, RACEMIC, Milligrams(40)))
        assert own(found)["liver"] == Milligrams(most)


@drawn(
    st.lists(
        st.tuples(st.none() | st.integers(0, 900), st.integers(0, 300)), min_size=1, max_size=8
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_doses_changes_nothing_and_no_part_exceeds_the_whole(rows, random) -> None:
    given = [dose(None if mg is None else str(mg), hours=hours) for mg, hours in rows]
    found = of(*given)
    shuffled = of(*random.sample(given, len(given)))
    assert own(shuffled) == own(found)
    assert shuffled.nominal == found.nominal
    for part in own(found).values():
        assert (part is None) is (found.nominal is None)
        assert part is None or part <= found.nominal


def test_a_lower_bound_reads_as_one() -> None:
    course, *_ = beside(of(dose("35"), dose(None, day=1)))
    assert course.at_least
    assert "at least 35 mg" in course.sentence()


def test_nothing_stands_beside_esketamine() -> None:
    assert beside(of(dose("56", NOSE, ESKETAMINE), drug=ESKETAMINE)) == ()


def test_a_claim_stands_behind_every_comparator_and_behind_the_caution() -> None:
    known = evidence.load().claims
    told = comparators()
    assert all(claim in known for one in told.comparators for claim in one.claims)
    assert "says nothing about harm" in told.caution
    assert "S2.98" in told.caution_claims


# --- the files ---


def test_shares_name_their_disagreement_and_what_is_thin_about_them() -> None:
    nose = share(RACEMIC, NOSE)
    assert nose is not None
    assert nose.disagreement == "D03"
    assert nose.claims == ("bioavailability.intranasal",)
    muscle = share(RACEMIC, Route.INTRAMUSCULAR)
    assert muscle is not None
    assert "No measurement in adults" in muscle.note
    assert share(RACEMIC, Route.SUBCUTANEOUS) is None


RACEMIC_NOSE = '[[shares]]\ndrug = "racemic_ketamine"\nroutes = ["intranasal"]\n'
COMPARED = 'caution = "c"\ncaution_claims = ["S2.98"]\n[[comparators]]\nid = "x"\ntitle = "X"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (RACEMIC_NOSE + 'figures = ["spravato-label.bioavailability#"]', "tells of esketamine"),
        (RACEMIC_NOSE + 'figures = ["S2.72#dose"]', "no share above 0 and up to 100 %"),
        (RACEMIC_NOSE + 'figures = ["nowhere#"]', "no claim 'nowhere'"),
        ((RACEMIC_NOSE + 'figures = ["S4.42#"]\n') * 2, "stands twice"),
    ],
)
def test_a_share_that_does_not_fit_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "shares.toml"
    file.write_text(text)
    with pytest.raises(DataFileError, match=says):
        load_shares(file)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('kind = "day"\nnumber = "S2.18#lifetime amount, misuse"', "is no dose a day"),
        ('kind = "window"\nnumber = "S2.32#given by then"', "a window has them"),
        ('kind = "once"\nnumber = "S2.17#amount a time"\nhours = "S2.32#hours before"', "a window"),
        (
            'kind = "window"\nnumber = "S2.32#given by then"\nhours = "S2.17#years"',
            "no number of h",
        ),
        ('kind = "once"\nnumber = "S2.17#amount a time"\ncorrected = "E99"', "no correction 'E99'"),
    ],
)
def test_a_comparator_that_does_not_fit_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "comparators.toml"
    file.write_text(COMPARED + text)
    with pytest.raises(DataFileError, match=says):
        load_comparators(file)
