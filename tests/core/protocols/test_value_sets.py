"""Value sets: a code of its own system matches with what lies below it, and so do words."""

import re
from pathlib import Path

import pytest
import simple_icd_10_cm as icd10cm

from mooring.core.clinical_text import Assertion
from mooring.core.clinical_text.spelling import SHORTEST, right
from mooring.core.code_systems import Coding
from mooring.core.datafiles import DataFileError
from mooring.core.drugs.interactions import names
from mooring.core.protocols import value_sets
from mooring.core.protocols.value_sets import Says, ValueSet

SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
ICD_OID = "urn:oid:2.16.840.1.113883.6.90"
SETS = value_sets.load()
HOLDS = frozenset({Assertion.NOW, Assertion.PAST})


def says(name: str, text: str, *codings: tuple[str | None, str]) -> Says:
    return SETS.says(name, text, tuple(Coding(*each) for each in codings))


def has(name: str, text: str, *codings: tuple[str | None, str]) -> bool:
    return bool(says(name, text, *codings) & HOLDS)


# --- codes ---


def test_a_listed_code_matches_whatever_the_text_says() -> None:
    assert has("hypertension", "", (SNOMED, "38341003"))
    assert has("hypertension", "no hypertension", (SNOMED, "38341003"))


def test_the_same_digits_of_another_system_do_not_match() -> None:
    assert not has("hypertension", "", (RXNORM, "38341003"))
    assert not has("hypertension", "", (None, "38341003"))


@pytest.mark.parametrize("system", [ICD, ICD_OID, "2.16.840.1.113883.6.90", f"{ICD}/"])
@pytest.mark.parametrize("code", ["I50", "I50.9", "I50.23", "i5023", " I50.23 "])
def test_an_icd_code_matches_with_all_below_it(system: str, code: str) -> None:
    assert has("heart-disease", "", (system, code))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("manic-episode", "F30.4"),
        ("substance-use", "F17.210"),
        ("substance-use", "F12.90"),
        ("stroke", "G45.4"),
        ("pregnancy", "F53.0"),
        ("suicidality", "T43.221A"),
        ("suicidality", "T43.225A"),
        ("heart-disease", "Z82.49"),
        ("psychosis", "Z81.8"),
        ("hypertension", "I27.20"),
        ("hypertension", "I1"),
    ],
)
def test_what_lies_beside_or_was_taken_out_does_not_match(name: str, code: str) -> None:
    assert not has(name, "", (ICD, code))


@pytest.mark.parametrize(
    ("name", "code", "what"),
    [
        ("suicidality", "Z91.51", Assertion.PAST),
        ("stroke", "Z86.73", Assertion.PAST),
        ("depression", "F33.42", Assertion.PAST),
        ("depression", "F33.1", Assertion.NOW),
        ("suicidality", "T43.222A", Assertion.NOW),
    ],
)
def test_a_deeper_code_says_it_more_exactly(name: str, code: str, what: Assertion) -> None:
    assert says(name, "", (ICD, code)) == {what}


def test_every_coding_and_every_display_is_judged() -> None:
    codings = (Coding("http://example.org/local", "X1"), Coding(RXNORM, "6130"))
    assert SETS.says("ketamine-substance", "Anesthetic agent", codings) & HOLDS
    displayed = (Coding("http://example.org/local", "X1", "ketamine"),)
    assert SETS.says("ketamine-substance", "Anesthetic agent", displayed) & HOLDS
    assert SETS.says("stroke", "Finding", (Coding(None, None, "Stroke"),)) & HOLDS


@pytest.mark.parametrize(
    "text", ["No known drug allergy", "NKDA", "No Known Allergies (situation)", "NKA / NKDA"]
)
def test_a_statement_is_the_whole_entry(text: str) -> None:
    assert SETS.states("no-allergies", text)
    assert SETS.states("no-allergies", "", (Coding(SNOMED, "716186003"),))


@pytest.mark.parametrize(
    "text",
    ["", "Penicillin", "NKDA except ketamine", "NKDA. Allergic to ketamine", "NKDA, latex"],
)
def test_what_names_anything_beside_it_is_no_statement(text: str) -> None:
    assert not SETS.states("no-allergies", text, (Coding(SNOMED, "764146007"),))


def icd_codes(one: ValueSet) -> dict[str, str]:
    return {**one.icd10cm, **one.icd10cm_past, **one.icd10cm_without}


@pytest.mark.parametrize("name", [one.id for one in SETS.values() if icd_codes(one)])
def test_the_icd_codes_and_titles_are_those_of_the_release(name: str) -> None:
    codes = icd_codes(SETS[name])
    exact = {code: title for code, title in codes.items() if "?" not in code}
    assert exact == {
        code: icd10cm.get_description(code) if icd10cm.is_valid_item(code) else None
        for code in exact
    }
    known = [code.replace(".", "") for code in icd10cm.get_all_codes(with_dots=False)]
    for code in codes.keys() - exact.keys():
        pattern = re.compile(code.replace(".", "").replace("?", "."))
        assert any(map(pattern.match, known)), code


def test_a_title_of_icd_that_names_self_harm_is_known_by_its_code_too() -> None:
    meant = [
        code
        for code in icd10cm.get_all_codes(with_dots=True)
        if icd10cm.is_leaf(code)
        and "intentional self-harm" in icd10cm.get_description(code).lower()
    ]
    assert len(meant) > 300
    assert [code for code in meant if not has("suicidality", "", (ICD, code))] == []


# --- words ---


@pytest.mark.parametrize(
    ("value_set", "text"),
    [
        ("hypertension", "Essential HYPERTENSION, since youth"),
        ("hypertension", "high  blood\npressure"),
        ("benzodiazepines", "Diazepam [Valium]"),
        ("stroke", "CVA 2019"),
        ("strong-enzyme-inducers", "St. John's Wort 300 mg"),
        ("hyperthyroidism", "Graves' disease"),
        ("aneurysm-avm-haemorrhage", "Ruptured aneurysms"),
        ("opioids", "Percocet 5/325"),
        ("psychosis", "Hearing voices since May"),
        ("aneurysm-avm-haemorrhage", "Brain bleed in 2015"),
        ("heart-disease", "NSTEMI 2021"),
        ("substance-use", "Heroin addiction"),
        ("liver-disease", "Raised liver enzymes"),
        ("ketamine-substance", "Arketamine: hives"),
    ],
)
def test_a_whole_word_in_free_text_matches(value_set: str, text: str) -> None:
    assert has(value_set, text)


@pytest.mark.parametrize(
    ("value_set", "text"),
    [
        ("hypertension", "hypotension"),
        ("bipolar", "kleptomania"),
        ("stroke", "sunstroke"),
        ("stroke", "gestational diabetes"),
        ("lamotrigine", "levetiracetam"),
        ("heart-disease", "Family history of heart disease"),
        ("psychosis", "  FAMILY HISTORY of schizophrenia"),
        ("opioids", "opioid-free anaesthesia"),
        ("benzodiazepines", "Denies benzodiazepines"),
        ("ketamine-substance", "NKDA, tolerated ketamine"),
    ],
)
def test_a_part_of_a_word_a_relative_or_a_denial_does_not_match(value_set: str, text: str) -> None:
    assert not has(value_set, text)


def test_a_relative_named_later_in_the_text_does_not_silence_the_set() -> None:
    assert has("psychosis", "Schizophrenia; family history of the same")


def test_no_set_matches_an_empty_text() -> None:
    assert not any(says(one.id, "") for one in SETS.values())


def test_a_year_ends_an_episode_and_no_lasting_disease() -> None:
    assert says("manic-episode", "Manic episode 2015") == {Assertion.PAST}
    assert says("hyperthyroidism", "Hyperthyroidism 2015") == {Assertion.NOW}


def test_every_word_of_every_set_names_it_and_is_no_slip_of_another() -> None:
    for one in SETS.values():
        for word in (*one.words, *one.exact):
            assert one.id in SETS.terms.named(f"({word})"), (one.id, word)
            assert [each for each in word.split() if len(each) >= SHORTEST and right(each) != each
                    and one.id not in SETS.terms.named(right(each))] == [], word  # fmt: skip


def test_no_abbreviation_of_three_letters_or_less_counts_in_small_letters_unless_it_is_known() -> (
    None
):
    """Short words mean many things: each that counts in any case is one that was looked at."""
    short = {word for one in SETS.values() for word in one.words if len(word) <= 2}
    assert short == set()


# --- medicines ---


GROUPS = {
    "benzodiazepines": "benzodiazepines",
    "opioids": "opioids",
    "depressants": "other-depressants",
    "ssri": "ssri",
    "stimulants": "stimulants",
    "mao-inhibitors": "mao-inhibitors",
    "lamotrigine": "lamotrigine",
    "theophylline": "theophylline",
    "enzyme-inhibitors": "strong-enzyme-inhibitors",
    "enzyme-inducers": "strong-enzyme-inducers",
}


@pytest.mark.parametrize(("group", "value_set"), GROUPS.items())
def test_screening_knows_every_name_and_code_that_interactions_know(
    group: str, value_set: str
) -> None:
    catalogue = names.load()
    for words, known in catalogue.phrases.items():
        if known.group == group:
            assert has(value_set, " ".join(words)), words
            assert has(value_set, f"{' '.join(words)} 10 mg daily"), words
    for code, inside in catalogue.codes.items():
        if any(known.group == group for known in inside):
            assert has(value_set, "pain reliever", (RXNORM, code)), code


@pytest.mark.parametrize(
    ("value_set", "named"),
    [
        ("heart-medicines", "nitroglycerin, glyceryl trinitrate, isosorbide, amiodarone, Entresto"),
        ("blood-pressure-medicines", "hydrochlorothiazide, amlodipine, Zestril, Toprol, Norvasc"),
        ("contraceptives", "NuvaRing, vaginal ring, Mirena, Trinessa, Levora, Camila, Yaz"),
        ("benzodiazepines", "Rivotril, clobazam, midazolam, benzodiazepine"),
        ("other-depressants", "Soma, Ambien, barbiturate, chloral hydrate, sodium oxybate"),
        ("strong-enzyme-inducers", "rifampin, Tegretol, Dilantin, hypericum, St John’s wort"),
    ],
)
def test_generic_and_trade_names_are_one_medicine(value_set: str, named: str) -> None:
    assert [name for name in named.split(", ") if not has(value_set, name)] == []


def test_a_medicine_that_its_words_say_is_over_is_read_as_past() -> None:
    assert says("lamotrigine", "Lamictal, stopped 2019") == {Assertion.PAST}


# --- files ---


def test_a_set_without_words_is_refused(tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text(
        '[[value_sets]]\nid = "x"\ntitle = "X"\nwords = []\n', encoding="utf-8"
    )
    with pytest.raises(DataFileError, match="'x': a value set has at least one word"):
        value_sets.load(tmp_path)


def test_a_set_that_names_an_unknown_medicine_is_refused(tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text(
        '[[value_sets]]\nid = "x"\ntitle = "X"\ngroups = ["pebbles"]\nmedicines = ["stones"]\n',
        encoding="utf-8",
    )
    with pytest.raises(DataFileError, match="no medicine or group is called pebbles, stones"):
        value_sets.load(tmp_path)


def test_a_set_of_sets_that_are_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text(
        '[[value_sets]]\nid = "x"\ntitle = "X"\nof = ["y"]\n', encoding="utf-8"
    )
    with pytest.raises(DataFileError, match="'x' › of: no value set is called y"):
        value_sets.load(tmp_path)


def test_a_set_that_stands_twice_is_refused(tmp_path: Path) -> None:
    one = '[[value_sets]]\nid = "x"\ntitle = "X"\nwords = ["x"]\n'
    (tmp_path / "more.toml").write_text(one + one, encoding="utf-8")
    with pytest.raises(DataFileError, match=r"more\.toml: 'x' › id: stands twice"):
        value_sets.load(tmp_path)
