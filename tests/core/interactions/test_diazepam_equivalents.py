"""Benzodiazepines as diazepam: by each published table apart, exact, and nothing filled in."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.datafiles import DataFileError
from mooring.core.drugs.interactions import Benzodiazepine, load, sums
from mooring.core.drugs.interactions.equivalents import Table, _ends, shown, tables
from mooring.core.evidence.models import Quantity

VA, ASHTON, WHO = tables()


def taken(medicine: str, mg: str | None) -> Benzodiazepine:
    return Benzodiazepine(medicine, None if mg is None else Fraction(mg))


@pytest.mark.parametrize(
    ("medicine", "mg", "va", "ashton", "who"),
    [
        # Doses printed beside 10 mg (VA and DoD, Ashton) or 5 mg of diazepam (WHO).
        ("alprazolam", "1", ("10", "10"), ("20", "20"), ("10", "10")),
        ("lorazepam", "1", ("5", "5"), ("10", "10"), ("10", "10")),
        ("clonazepam", "1", ("10", "10"), ("20", "20"), None),
        ("oxazepam", "30", ("10", "10"), ("15", "15"), ("10", "10")),
        ("temazepam", "30", ("20", "20"), ("15", "15"), ("15", "15")),
        ("flurazepam", "30", ("20", "20"), ("10", "20"), None),
        ("estazolam", "2", ("20", "20"), ("10", "20"), None),
        ("nitrazepam", "5", None, None, ("5", "5")),
        ("diazepam", "8", ("8", "8"), ("8", "8"), ("8", "8")),
    ],
)
def test_each_table_has_its_own_sum(medicine: str, mg: str, va, ashton, who) -> None:
    told = {one.table: (one.low, one.high) for one in sums([taken(medicine, mg)])}
    wanted = {VA: va, ASHTON: ashton, WHO: who}
    assert told == {
        table: (Fraction(ends[0]), Fraction(ends[1])) for table, ends in wanted.items() if ends
    }


def test_several_are_added_up_within_each_table() -> None:
    both = sums([taken("diazepam", "5"), taken("lorazepam", "1")])
    assert [one.low for one in both] == [10, 15, 15]
    assert all(one.whole for one in both)


def test_what_a_table_does_not_know_is_missing_and_not_nothing() -> None:
    va, ashton, who = sums([taken("diazepam", "5"), taken("nitrazepam", "5")])
    assert (va.low, va.missing, va.whole) == (5, ("nitrazepam",), False)
    assert (who.low, who.missing, who.whole) == (10, (), True)
    assert ashton.missing == ("nitrazepam",)


def test_an_unknown_amount_is_missing_in_every_table() -> None:
    assert {one.missing for one in sums([taken("diazepam", "5"), taken("lorazepam", None)])} == {
        ("lorazepam",)
    }
    assert sums([taken("lorazepam", None)]) == ()


def test_thirds_add_up_to_a_whole_and_no_more() -> None:
    third = Benzodiazepine("diazepam", Fraction(8, 3))
    assert {one.high for one in sums([third] * 3)} == {Fraction(8)}


@given(st.fractions(min_value=0, max_value=200, max_denominator=100))
def test_diazepam_is_itself_in_every_table(mg: Fraction) -> None:
    assert {one.low for one in sums([Benzodiazepine("diazepam", mg)])} == {mg}


IN_NO_TABLE = {
    *("prazepam", "loprazolam", "etizolam", "nordazepam", "ketazolam", "clotiazepam", "brotizolam"),
    *("tetrazepam", "medazepam", "halazepam", "cinolazepam", "phenazepam", "remimazolam"),
    *("bromazolam", "flubromazolam", "clonazolam", "flualprazolam"),
}
"""Benzodiazepines that are known by name and that none of the three tables sets beside diazepam."""


def test_every_other_benzodiazepine_of_the_list_stands_in_a_table() -> None:
    names = {one.name for one in load().groups["benzodiazepines"].medicines}
    assert {name for name in names if not sums([taken(name, "1")])} == IN_NO_TABLE


amounts = st.lists(
    st.tuples(
        st.sampled_from(["diazepam", "lorazepam", "clonazepam", "flurazepam", "nitrazepam"]),
        st.fractions(min_value=0, max_value=60, max_denominator=60),
    ),
    max_size=5,
)


def added_up(listed) -> dict[str, tuple[Fraction, Fraction]]:
    found = sums([Benzodiazepine(medicine, mg) for medicine, mg in listed])
    return {one.table.id: (one.low, one.high) for one in found}


@given(amounts, amounts)
def test_two_lists_together_come_to_the_sum_of_each(one, other) -> None:
    apart = (added_up(one), added_up(other))
    nothing = (Fraction(0), Fraction(0))
    for table, (low, high) in added_up([*one, *other]).items():
        ends = [part.get(table, nothing) for part in apart]
        assert (low, high) == (sum(end[0] for end in ends), sum(end[1] for end in ends))


@given(amounts, st.randoms())
def test_the_order_of_a_list_changes_no_sum(listed, random) -> None:
    shuffled = [*listed]
    random.shuffle(shuffled)
    assert added_up(shuffled) == added_up(listed)


def test_an_amount_is_shown_to_a_hundredth() -> None:
    assert shown(Fraction(81, 10)) == Decimal("8.10")
    assert shown(Fraction(20, 3)) == Decimal("6.67")


@pytest.mark.parametrize(
    ("claim", "why"),
    [("andrashko-2020.threshold", "every dose of a table is in mg"), ("S1.27", "names its dose")],
)
def test_a_table_without_doses_beside_diazepam_is_refused(claim: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Table(id="x", title="X", claim=claim)


def test_a_dose_with_an_open_end_or_of_nothing_is_no_dose() -> None:
    with pytest.raises(ValueError, match="needs one number, or two, above 0"):
        _ends(Quantity(of="lorazepam", high=Decimal(2), unit="mg"))
    with pytest.raises(ValueError, match="needs one number, or two, above 0"):
        _ends(Quantity(of="lorazepam", value=Decimal(0), unit="mg"))


def test_a_file_of_tables_names_what_is_wrong(tmp_path) -> None:
    file = tmp_path / "tables.toml"
    file.write_text('[[tables]]\nid = "x"\ntitle = "X"\nclaim = "nobody.says-so"\n')
    with pytest.raises(DataFileError, match=r"nobody\.says-so"):
        tables(file)
