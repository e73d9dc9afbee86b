"""One line of a chart: what it names, and whether that holds, held, or is another's."""

import re

import pytest
import simple_icd_10_cm as icd10cm
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.clinical_text import Assertion, Terms, Together, read
from mooring.core.clinical_text.spelling import NEVER, RARE, right

NOW, PAST, FAMILY = Assertion.NOW, Assertion.PAST, Assertion.FAMILY
NEGATED, OTHER, HYPOTHETICAL = Assertion.NEGATED, Assertion.OTHER, Assertion.HYPOTHETICAL

TERMS = Terms()
TERMS.add("schizophrenia", ["schizophrenia"])
TERMS.add("stroke", ["stroke", "cva"], unless=["heat stroke", "stroke volume"])
TERMS.add("suicidality", ["suicidal ideation", "suicide"], exact=["SI"], unless=["si joint"])
TERMS.add("borderline", exact=["BPD"], void=["bronchopulmonary", "infant"])
TERMS.add("hypertension", ["hypertension", "htn"], unless=["pulmonary hypertension"])
TERMS.add("mania", ["mania", "manic episode"])
TERMS.add("pregnancy", ["pregnant", "pregnancy"])
TERMS.add("misuse", together=[Together(("ketamine",), ("abuse", "snorting"), apart=3)])
TERMS.add(
    "uncontrolled", together=[Together(("hypertension",), ("uncontrolled",), apart=2, across=True)]
)


def said(name: str, text: str) -> set[Assertion]:
    return {assertion for assertion, _ in TERMS.asserted(text).get(name, ())}


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("schizophrenia", "Schizophrenia", NOW),
        ("borderline", "BPD", NOW),
        ("schizophrenia", "Paranoid schizophrenia, chronic", NOW),
        ("suicidality", "Denies suicidal ideation", NEGATED),
        ("suicidality", "Denies HI, AVH, SI", NEGATED),
        ("suicidality", "No SI/HI", NEGATED),
        ("suicidality", "SI: none", NEGATED),
        ("suicidality", "SI (-)", NEGATED),
        ("suicidality", "denies current or past SI", NEGATED),
        ("suicidality", "Denies HI but endorses SI", NOW),
        ("suicidality", "No HI. SI with a plan", NOW),
        ("suicidality", "no longer has SI", PAST),
        ("stroke", "Chest pain, stroke ruled out", NEGATED),
        ("stroke", "MI, stroke all felt unlikely", NEGATED),
        ("stroke", "Cannot exclude stroke", NOW),
        ("stroke", "Stroke not ruled out", NOW),
        ("hypertension", "Chest pain, MI ruled out, hypertension", NOW),
        ("pregnancy", "Not pregnant, UPT neg", NEGATED),
        ("hypertension", "Not pregnant, hypertension", NOW),
        ("schizophrenia", "Mother with schizophrenia", FAMILY),
        ("schizophrenia", "Schizophrenia (maternal uncle)", FAMILY),
        ("schizophrenia", "Schizophrenia - father", FAMILY),
        ("schizophrenia", "FHx: schizophrenia", FAMILY),
        ("schizophrenia", "family history of diabetes, schizophrenia", FAMILY),
        ("schizophrenia", "No family history of schizophrenia", NEGATED),
        ("schizophrenia", "Mother reports schizophrenia since youth", NOW),
        ("schizophrenia", "Schizophrenia, lives with his mother", NOW),
        ("schizophrenia", "Esposo sano. Madre con schizophrenia", FAMILY),
        ("schizophrenia", "Roommate has schizophrenia", OTHER),
        ("pregnancy", "Wife is pregnant", OTHER),
        ("stroke", "h/o CVA", PAST),
        ("stroke", "s/p stroke", PAST),
        ("mania", "Manic episode, resolved", PAST),
        ("mania", "history of mania, currently depressed", PAST),
        ("mania", "History of depression, currently mania", NOW),
        ("mania", "Mania, not in remission", NOW),
        ("stroke", "At risk for stroke", HYPOTHETICAL),
        ("stroke", "stroke risk", HYPOTHETICAL),
        ("suicidality", "suicide prevention plan", HYPOTHETICAL),
        ("suicidality", "return if SI", HYPOTHETICAL),
        ("pregnancy", "trying to become pregnant", HYPOTHETICAL),
        ("hypertension", "hypertension not well controlled", NOW),
        ("hypertension", "No treatment for hypertension", NOW),
    ],
)
def test_a_line_says_of_a_thing(name: str, text: str, what: Assertion) -> None:
    assert said(name, text) == {what}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("stroke", "Heat stroke, 2018"),
        ("stroke", "sunstroke"),
        ("stroke", "stroke volume 70 mL"),
        ("suicidality", "SI joint pain"),
        ("suicidality", "si"),
        ("hypertension", "Pulmonary hypertension"),
        ("hypertension", "hypotension"),
        ("borderline", "Bronchopulmonary dysplasia (BPD)"),
        ("borderline", "bpd"),
        ("misuse", "ketamine"),
        ("misuse", "ketamine infusions for depression after alcohol abuse"),
        ("misuse", "ketamine, abuse"),
        ("pregnancy", ""),
    ],
)
def test_what_holds_the_word_and_is_another_thing_is_not_named(name: str, text: str) -> None:
    assert said(name, text) == set()


def test_a_thing_is_named_in_the_singular_and_the_plural() -> None:
    assert said("stroke", "two strokes") == {NOW}
    assert said("suicidality", "the sis") == set()


def test_two_words_mean_it_together_in_any_order_and_across_a_comma_where_that_is_allowed() -> None:
    assert said("misuse", "abuse of ketamine") == {NOW}
    assert said("misuse", "Snorting, ketamine") == set()
    assert said("uncontrolled", "Hypertension, uncontrolled") == {NOW}
    assert said("uncontrolled", "uncontrolled diabetes type two, and hypertension") == set()


def test_a_negated_half_negates_what_two_words_mean_together() -> None:
    assert said("misuse", "denies ketamine abuse") == {NEGATED}
    assert said("misuse", "ketamine infusion, no abuse") == set()


def test_a_thing_named_twice_is_said_twice() -> None:
    assert said("schizophrenia", "Schizophrenia; mother with schizophrenia") == {NOW, FAMILY}


def test_a_year_alone_is_told_apart_from_words_that_end_something() -> None:
    assert TERMS.asserted("Manic episode 2015")["mania"] == {(PAST, True)}
    assert TERMS.asserted("Manic episode, resolved 2015")["mania"] == {(PAST, False)}
    assert said("mania", "Mania since 2015") == {NOW}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hypertention", "hypertension"),
        ("schizophrina", "schizophrenia"),
        ("aneurism", "aneurysm"),
        ("uncontroled", "uncontrolled"),
        ("pregancy", "pregnancy"),
        ("hypotension", "hypotension"),
        ("hypothyroidism", "hypothyroidism"),
        ("hypothiroidism", "hypothiroidism"),
        ("addition", "addition"),
        ("connective", "connective"),
        ("elephants", "elephants"),
        ("xypertension", "xypertension"),
    ],
)
def test_a_slip_of_a_rare_word_is_mended_and_a_word_is_left(written: str, meant: str) -> None:
    assert right(written) == meant


def test_no_word_that_is_never_changed_is_changed() -> None:
    assert {word: right(word) for word in NEVER} == {word: word for word in NEVER}
    assert set(RARE) <= NEVER


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("h/o CVA", "history of CVA"),
        ("G2P1 at 28w3d", "G2P1 at weeks gestation"),
        ("w/ plan", "with plan"),
        ("w/o plan", "without plan"),
        ("use d/o", "use disorder"),
        ("fhx. of gout", "family history of gout"),
        ("St. Elsewhere", "St Elsewhere"),
        ("Grave’s", "Graves"),
        ("post-traumatic", "post traumatic"),
        ("Depresión", "Depresion"),
    ],
)
def test_a_line_is_made_plain(written: str, plain: str) -> None:
    assert read(written).text.split() == plain.split()


NAMES = ["schizophrenia", "stroke", "hypertension", "mania", "suicidal ideation", "SI"]
FILLERS = ["Chest pain", "diabetes", "EF 25%", "since youth", "w/ plan", "asthma", "(disorder)"]


@given(st.sampled_from(NAMES), st.lists(st.sampled_from(FILLERS), max_size=3))
def test_denying_a_line_never_makes_a_finding(name: str, others: list[str]) -> None:
    line = " and ".join([name, *others])
    for things in TERMS.asserted(f"Denies {line}").values():
        assert {assertion for assertion, _ in things} == {NEGATED}
    assert set(TERMS.asserted(f"Denies {line}")) == set(TERMS.asserted(line))


@given(st.sampled_from(NAMES), st.sampled_from(["denies nausea", "no rash", "mother has gout"]))
def test_a_cue_of_another_sentence_takes_nothing_away(name: str, other: str) -> None:
    alone = TERMS.asserted(name)
    assert TERMS.asserted(f"{name}. {other}") == alone
    assert TERMS.asserted(f"{other}. {name}") == alone


@given(st.text(max_size=60))
def test_any_text_is_read_and_every_word_stands_where_it_says(text: str) -> None:
    line = read(text)
    assert all(line.text[word.start : word.end] == word.cased for word in line.words)
    assert not any(re.search(r"\s", word.cased) for word in line.words)
    TERMS.asserted(text)


def test_no_word_of_icd_is_changed() -> None:
    """Hypotension is not hypertension. One title's note has a slip itself: "pregancy"."""
    words = {
        word
        for code in icd10cm.get_all_codes(with_dots=True)
        for word in re.findall(r"[a-z]+", icd10cm.get_description(code).lower())
    }
    assert len(words) > 5_000
    assert [word for word in sorted(words - {"pregancy"}) if right(word) != word] == []
