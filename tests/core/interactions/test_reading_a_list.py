"""What a line of a medication list is read as: by code, by name, and where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.code_systems import RXNORM, Coding
from mooring.core.datafiles import DataFileError
from mooring.core.drugs.interactions import Entry, Read, load, read
from mooring.core.drugs.interactions.names import words
from mooring.core.protocols import value_sets


def medicines(text: str, **more: str) -> list[str]:
    return [known.name for known in read(Entry(text, **more)).known]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("diazepam", "diazepam"),
        ("DIAZEPAM 5 MG ORAL TABLET", "diazepam"),
        ("Valium", "diazepam"),
        ("Diazepam [Valium]", "diazepam"),
        ("clorazepate dipotassium 7.5 MG", "clorazepate"),
        ("chlor-diazepoxide 10 mg", "chlordiazepoxide"),
        ("St John\N{RIGHT SINGLE QUOTATION MARK}s Wort", "st john's wort"),
        ("St. John's wort 300 mg", "st john's wort"),
        ("rifampin", "rifampicin"),
        ("Méthadone", "methadone"),
        ("sodium oxybate", "oxybate"),
    ],
)
def test_a_medicine_is_known_by_name_trade_name_salt_and_spelling(text: str, name: str) -> None:
    assert medicines(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # The two halves of ketamine are drugs of their own: neither is read as the racemate.
        *(
            (text, "esketamine")
            for text in ("S-ketamine", "(S)-ketamine", "S(+)-ketamine 25 mg/mL")
        ),
        *((text, "esketamine") for text in ("Ketanest S", "dexketamine", "Vesierra", "Spravato")),
        *((text, "arketamine") for text in ("R-ketamine", "(R)-ketamine", "R(-)-ketamine")),
        *((text, "ketamine") for text in ("Ketalar", "Ketanest", "ketamine hydrochloride")),
        ("racemic ketamine", "ketamine"),
        # ISMP: look-alike names, each its own medicine.
        *(
            (text, text.lower())
            for text in ("ketoprofen", "Ketorolac", "ketotifen", "ketoconazole")
        ),
        # A number that counts is no part of a name.
        ("Tylenol 3 times daily", "acetaminophen"),
        ("Tylenol 3x/day", "acetaminophen"),
        ("Tylenol #3", "codeine"),
        ("Tylenol No. 3, 1 tab", "codeine"),
        ("omega 3 daily", "omega-3"),
        # A left or right half that is a medicine of its own.
        ("S-citalopram 10 mg", "escitalopram"),
        ("d-amphetamine 5 mg", "dextroamphetamine"),
    ],
)
def test_a_name_that_looks_like_another_is_read_as_itself(text: str, name: str) -> None:
    assert medicines(text) == [name]


@pytest.mark.parametrize(
    "text", ["non-opioid pain reliever", "opioid-free", "non-benzodiazepine", "non-SSRI"]
)
def test_what_something_is_not_is_no_medicine_and_stays_to_be_read_by_a_person(text: str) -> None:
    assert medicines(text) == []


def test_what_holds_no_alcohol_is_no_drink() -> None:
    for text in ("non-alcoholic beer", "alcohol-free wine"):
        assert [known.group for known in read(Entry(text)).known] == [None]
    assert medicines("THC-free CBD oil") == ["cannabidiol"]
    assert medicines("beer, gluten free") == ["alcohol"]


def test_a_combination_is_every_medicine_in_it() -> None:
    assert medicines("phenobarbital / theophylline 8 MG") == ["phenobarbital", "theophylline"]


@pytest.mark.parametrize("text", ["benzyl alcohol lotion", "Alcohol swab", "polyvinyl alcohol"])
def test_alcohol_within_another_name_is_not_drinking(text: str) -> None:
    assert [known.group for known in read(Entry(text)).known] == [None]


def test_a_part_of_a_word_is_no_name() -> None:
    assert medicines("somatropin") == ["somatropin"]
    assert medicines("lithiumlike") == []


def test_a_group_is_known_by_its_word_and_says_that_the_medicine_is_open() -> None:
    (found,) = read(Entry("takes benzos")).known
    assert found.group == "benzodiazepines"
    assert found.whole_group


def test_the_word_of_a_group_adds_nothing_beside_one_of_its_medicines() -> None:
    assert medicines("lorazepam (benzodiazepine) 1 mg") == ["lorazepam"]
    assert medicines("opioid and lorazepam") == ["Opioids", "lorazepam"]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("lorazapam 1 mg", "lorazepam"),
        ("Klonipin", "klonopin"),
        ("clarithromicin", "clarithromycin"),
        ("tranylcipromine", "tranylcypromine"),
    ],
)
def test_a_misspelling_is_shown_and_never_mended(text: str, nearest: str) -> None:
    found = read(Entry(text))
    assert nearest in found.near
    assert not found.recognised


def test_a_misspelling_beside_a_known_medicine_is_shown_as_well() -> None:
    found = read(Entry("oxycodone and lorazapam and lorazapan"))
    assert [known.name for known in found.known] == ["oxycodone"]
    assert found.near == ("lorazepam",)


@pytest.mark.parametrize("text", ["little blue pill", "loraz", "tablets twice weekly", ""])
def test_what_is_near_nothing_gets_no_suggestion(text: str) -> None:
    assert read(Entry(text)).near == ()


def test_a_code_of_an_ingredient_or_of_a_product_is_enough() -> None:
    # RxNorm, 6 October 2025: 6470 is lorazepam, 197901 is lorazepam 1 MG Oral Tablet.
    for code in ("6470", "197901", " 6470 "):
        found = read(Entry("tablets of mother", system=RXNORM, code=code))
        assert [known.name for known in found.known] == ["lorazepam"]
        assert found.code_note == ""


def test_a_code_that_is_not_in_the_table_is_said_and_the_words_count() -> None:
    found = read(Entry("lorazepam 1 mg", system=RXNORM, code="99999999"))
    assert [known.name for known in found.known] == ["lorazepam"]
    assert found.code_note == "RxNorm code 99999999 is not in our table: read by its words."


def test_a_code_of_another_system_is_said_and_the_words_count() -> None:
    found = read(Entry("lorazepam", system="http://snomed.info/sct", code="6470"))
    assert found.code_note == "Code 6470 is of another system: read by its words."


def test_where_code_and_words_differ_both_count() -> None:
    found = read(Entry("Oxycodone 5 mg", system=RXNORM, code="6470"))
    assert [known.name for known in found.known] == ["lorazepam", "oxycodone"]
    assert "both count" in found.code_note


def test_a_code_agrees_with_words_that_name_something_without_a_rule() -> None:
    assert read(Entry("aspirin", system=RXNORM, code="6470")).code_note == ""


@pytest.mark.parametrize(
    ("value_set", "groups"),
    [
        ("benzodiazepines", {"benzodiazepines"}),
        ("lamotrigine", {"lamotrigine"}),
        ("mao-inhibitors", {"mao-inhibitors"}),
        ("stimulants", {"stimulants"}),
        ("opioids", {"opioids"}),
        ("other-depressants", {"depressants"}),
        ("ssri", {"ssri"}),
        ("theophylline", {"theophylline"}),
        ("strong-enzyme-inhibitors", {"enzyme-inhibitors"}),
        ("strong-enzyme-inducers", {"enzyme-inducers"}),
    ],
)
def test_what_screening_knows_is_known_here(value_set: str, groups: set[str]) -> None:
    assert set(value_sets.load()[value_set].groups) == groups


def test_every_code_of_an_entry_and_its_words_are_read() -> None:
    codings = (
        Coding("http://example.org/local", "X1", "diazepam"),
        Coding("urn:oid:2.16.840.1.113883.6.88", "7804", ""),
    )
    found = read(Entry("pain reliever", codings=codings))
    assert [known.name for known in found.known] == ["oxycodone", "diazepam"]
    assert found.code_note == ""


@given(st.text(), st.text(), st.text(max_size=12))
def test_every_entry_is_read_whatever_stands_in_it(text: str, dose: str, code: str) -> None:
    found = read(Entry(text, dose, system=RXNORM, code=code))
    assert isinstance(found, Read)
    assert found.entry == Entry(text, dose, system=RXNORM, code=code)
    assert (found.daily.mg is None) == bool(found.daily.why_not)


@given(st.sampled_from(sorted(load().spellings)), st.sampled_from(["", "5 mg ", "(old) "]))
def test_every_name_is_found_whatever_stands_around_it(name: str, around: str) -> None:
    assert load().medicine(name) in read(Entry(f"{around}{name.upper()}, {around}")).known


def test_a_name_nobody_knows_is_said() -> None:
    with pytest.raises(KeyError, match="no medicine is called 'sunshine'"):
        load().medicine("sunshine")


def test_words_leave_out_case_accents_hyphens_and_signs() -> None:
    assert words("Théo-24 (0.5 mg)!") == ("theo", "24", "0.5", "mg")


def catalogue_of(folder, *groups: str):
    (folder / "groups").mkdir()
    for number, content in enumerate(groups):
        (folder / "groups" / f"{number}.toml").write_text(content)
    (folder / "products.csv").write_text("rxnorm,medicines\n")
    (folder / "other_names.txt").write_text("aspirin\n")
    (folder / "trade_names.csv").write_text("name,medicine\nlipitor,atorvastatin\n")
    return load(folder)


ONE = 'id = "a"\ntitle = "A"\nmedicines = [{ name = "alpha", rxnorm = "1" }]'


def test_a_name_that_stands_twice_is_refused_by_file(tmp_path) -> None:
    with pytest.raises(DataFileError, match=r"groups/b.toml: 'Alpha' stands twice"):
        catalogue_of(tmp_path, ONE, 'id = "b"\ntitle = "B"\nmedicines = [{ name = "Alpha" }]')


def test_a_code_that_stands_twice_is_refused_by_file(tmp_path) -> None:
    twice = 'id = "b"\ntitle = "B"\nmedicines = [{ name = "beta", rxnorm = "1" }]'
    with pytest.raises(DataFileError, match=r"groups/b.toml: code 1 stands twice"):
        catalogue_of(tmp_path, ONE, twice)
