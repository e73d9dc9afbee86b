"""How facts, answers and measurements are read: unknown is never normal."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.code_systems import Coding
from mooring.core.protocols import value_sets
from mooring.core.protocols.screening import (
    Answer,
    CodedFact,
    Measurement,
    Record,
    Screening,
    Tier,
    evaluate,
    load_policy,
    why_not_usable,
)
from mooring.core.protocols.screening.cases import load_cases

POLICY = load_policy("iv_ketamine", version="1")
TABLE = load_cases("iv_ketamine", version="1")
COMPLETE = TABLE.record(TABLE.cases[0])
TODAY = COMPLETE.as_of


def fact(text: str, status: str = "active", since: date | None = None) -> CodedFact:
    return CodedFact(None, None, text, status, since)


def rules(record: Record) -> set[str]:
    return {finding.rule for finding in evaluate(POLICY, record).findings}


def texts(screening: Screening, rule: str) -> list[str]:
    return [t.text for f in screening.findings if f.rule == rule for t in f.triggers]


def answering(question: str, value: str, detail: str = "", on: date | None = TODAY) -> Record:
    answers = {**COMPLETE.answers, question: Answer(question, value, detail, on)}
    return replace(COMPLETE, answers=answers)


# --- facts ---


@pytest.mark.parametrize("status", ["active", "recurrence", "unknown", "", "something new"])
def test_a_status_that_is_not_known_to_be_over_counts_as_current(status: str) -> None:
    record = replace(COMPLETE, medications=(fact("Sertraline 50 MG", status),))
    assert rules(record) == {"ssri"}


@pytest.mark.parametrize("status", ["stopped", "Completed", "RESOLVED", "inactive", "not-taken"])
def test_a_medicine_that_is_over_is_not_current(status: str) -> None:
    assert rules(replace(COMPLETE, medications=(fact("Sertraline 50 MG", status),))) == set()


@pytest.mark.parametrize("status", ["entered-in-error", "refuted", "Entered-In-Error"])
def test_an_entry_that_was_withdrawn_is_no_fact(status: str) -> None:
    assert rules(replace(COMPLETE, conditions=(fact("Schizophrenia", status),))) == set()


def test_the_same_entry_twice_is_named_once() -> None:
    twice = (fact("Oxycodone 5 MG", "stopped"), fact("Oxycodone 5 MG", "stopped"))
    screening = evaluate(POLICY, replace(COMPLETE, medications=twice))
    assert texts(screening, "depressant") == ["Oxycodone 5 MG, stopped"]


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (fact("Stroke", "active", date(2019, 2, 5)), "Stroke, active since 5 Feb 2019"),
        (fact("Stroke", "resolved", date(2019, 2, 5)), "Stroke, resolved, recorded 5 Feb 2019"),
        (fact("Stroke", "unknown"), "Stroke, status not known"),
        (
            replace(fact("Stroke", "resolved"), until=date(2019, 3, 1), origin="letter"),
            "Stroke, resolved on 1 Mar 2019 (letter)",
        ),
        (
            CodedFact("http://snomed.info/sct", "230690007", "", "active"),
            "(no text), active",
        ),
    ],
)
def test_a_fact_reads_with_its_status_dates_and_origin(item: CodedFact, text: str) -> None:
    screening = evaluate(POLICY, replace(COMPLETE, conditions=(item,)))
    assert texts(screening, "stroke") == [text]


def test_an_indication_is_what_is_current_and_never_a_finding() -> None:
    record = replace(
        COMPLETE,
        conditions=(fact("Major depression"), fact("Major depression"), fact("PTSD", "resolved")),
    )
    screening = evaluate(POLICY, record)
    assert [trigger.text for trigger in screening.indications] == ["Major depression, active"]
    assert screening.findings == ()


def test_what_no_rule_knows_is_named_once_and_a_relative_s_is_not() -> None:
    gout = fact("Gout")
    record = replace(
        COMPLETE,
        conditions=(gout, gout, fact("Stroke"), replace(fact("Rosacea"), relation="mother")),
        medications=(fact("Aspirin 81 mg"), fact("Zzyzx 5 mg"), fact("Gone", "entered-in-error")),
    )
    screening = evaluate(POLICY, record)
    assert [(one.source, one.text) for one in screening.not_recognised] == [
        ("condition", "Gout, active"),
        ("medication", "Zzyzx 5 mg, active"),
    ]


def test_a_medicine_known_by_its_code_or_by_the_words_of_its_code_is_recognised() -> None:
    coded = Coding("http://www.nlm.nih.gov/research/umls/rxnorm", "7804")
    worded = Coding("http://example.org/local", "X1", "oxycodone")
    for coding in (coded, worded):
        item = replace(fact("pain reliever"), codings=(coding,))
        screening = evaluate(POLICY, replace(COMPLETE, medications=(item,)))
        assert screening.not_recognised == ()
        assert [found.rule for found in screening.findings] == ["depressant"]


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (replace(fact("Schizophrenia"), relation="mother"), "Schizophrenia (mother), active"),
        (
            replace(fact("Psychosis NOS"), codings=(Coding(None, None, "psychosis nos"),),
                    relation="aunt"),
            "Psychosis NOS (aunt), active",
        ),
        (
            replace(
                fact("Finding"), codings=(Coding(None, None, "Schizophrenia"),), relation="aunt"
            ),
            "Finding (Schizophrenia) (aunt), active",
        ),
    ],
)  # fmt: skip
def test_a_relative_s_entry_speaks_of_the_family_and_says_whose_it_is(
    item: CodedFact, text: str
) -> None:
    screening = evaluate(POLICY, replace(COMPLETE, conditions=(item,)))
    assert texts(screening, "family-psychosis") == [text]
    assert [found.rule for found in screening.findings] == ["family-psychosis"]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "I63.9", "(no text) (Cerebral infarction), active"),
        ("I63.9", "I63.9", "I63.9 (Cerebral infarction), active"),
        ("Stroke", "I63.9", "Stroke, active"),
    ],
)
def test_a_code_of_icd_without_words_says_what_it_means(text: str, code: str, said: str) -> None:
    item = CodedFact("http://hl7.org/fhir/sid/icd-10-cm", code, text, "active")
    assert texts(evaluate(POLICY, replace(COMPLETE, conditions=(item,))), "stroke") == [said]


def test_a_code_that_no_rule_knows_is_shown_as_it_is() -> None:
    item = CodedFact("http://hl7.org/fhir/sid/icd-10-cm", "M10.9", "M10.9", "active")
    bare = CodedFact(None, None, " ", "active")
    screening = evaluate(POLICY, replace(COMPLETE, conditions=(item, bare)))
    assert [one.text for one in screening.not_recognised] == ["M10.9, active", "(no text), active"]


def test_a_relative_s_entry_that_denies_it_speaks_of_nobody() -> None:
    item = replace(fact("No schizophrenia"), relation="mother")
    assert rules(replace(COMPLETE, conditions=(item,))) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("History of mania", {"bipolar"}),
        ("Manic episode", {"mania-active", "bipolar"}),
        ("Denies mania", set()),
        ("Brother is manic", set()),
        ("Graves' disease, resolved", set()),
        ("Lactation", {"breastfeeding"}),
        ("Stopped breastfeeding in May", set()),
    ],
)
def test_what_a_line_says_is_over_is_not_current(text: str, found: set[str]) -> None:
    assert rules(replace(COMPLETE, conditions=(fact(text),))) == found


def test_a_medicine_that_its_words_say_is_over_still_counts_where_the_record_does_not() -> None:
    """As on the page of interactions: nobody knows when the last dose was."""
    assert rules(replace(COMPLETE, medications=(fact("Sertraline, stopped"),))) == {"ssri"}
    assert rules(replace(COMPLETE, medications=(fact("Denies sertraline"),))) == set()


# --- answers ---


def test_an_answer_reads_with_question_option_and_detail() -> None:
    screening = evaluate(POLICY, answering("stroke", "yes", " 2019 "))
    assert texts(screening, "stroke") == [
        "Ever a stroke or a transient ischaemic attack? Yes (2019)"
    ]


def test_a_dangerous_answer_counts_even_when_its_detail_is_missing() -> None:
    assert rules(answering("ketamine-misuse", "yes")) == {
        "ketamine-misuse",
        "unanswered.ketamine-misuse",
    }


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        ("stroke", None, "No answer yet"),
        ("stroke", Answer("stroke", "maybe"), "'maybe' is not one of the choices; ask again"),
        ("stroke", Answer("stroke", "yes", "  "), "'Yes' needs a few words: When?"),
        (
            "other-substance-use",
            Answer("other-substance-use", "in-remission", "NaN"),
            "'In remission' needs a number: For how many months?",
        ),
        (
            "pregnancy",
            Answer("pregnancy", "no-test-negative"),
            "The answer has no date; ask again",
        ),
        (
            "pregnancy",
            Answer("pregnancy", "no-test-negative", "", TODAY + timedelta(days=1)),
            "dated 3 Mar 2026, which is still to come",
        ),
        (
            "pregnancy",
            Answer("pregnancy", "no-test-negative", "", TODAY - timedelta(days=31)),
            "Answered 30 Jan 2026, 31 days ago; asked again after 30 days",
        ),
    ],
)
def test_an_answer_that_cannot_be_used_says_why(
    question: str, answer: Answer | None, reason: str
) -> None:
    said = why_not_usable(POLICY.question(question), answer, COMPLETE)
    assert said is not None
    assert reason in said


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("stroke", Answer("stroke", "no")),
        ("stroke", Answer("stroke", "yes", "2019")),
        ("other-substance-use", Answer("other-substance-use", "in-remission", "0")),
        ("pregnancy", Answer("pregnancy", "no-test-negative", "", TODAY - timedelta(days=30))),
    ],
)
def test_an_answer_that_can_be_used(question: str, answer: Answer) -> None:
    assert why_not_usable(POLICY.question(question), answer, COMPLETE) is None


@pytest.mark.parametrize("question", [q.id for q in POLICY.questions])
def test_each_question_left_open_is_one_missing_finding_that_asks_for_it(question: str) -> None:
    answers = {name: answer for name, answer in COMPLETE.answers.items() if name != question}
    (finding,) = evaluate(POLICY, replace(COMPLETE, answers=answers)).findings
    assert finding.tier is Tier.MISSING
    assert finding.asks == question


@pytest.mark.parametrize("question", [q.id for q in POLICY.questions])
def test_each_question_that_could_not_be_obtained_is_evaluated_instead(question: str) -> None:
    screening = evaluate(POLICY, answering(question, "not-obtainable", "unconscious"))
    assert [(f.rule, f.tier) for f in screening.findings] == [
        (f"not-obtainable.{question}", Tier.EVALUATE)
    ]


# --- measurements ---


def measured(code: str, value: str, on: date = TODAY, unit: str = "mmHg") -> Measurement:
    return Measurement(code, Decimal(value), unit, on)


def with_pressures(*items: Measurement) -> Record:
    weight = measured("weight", "70", unit="kg")
    return replace(COMPLETE, measurements=(*items, weight))


def test_a_lower_repeat_on_the_same_day_does_not_hide_a_high_reading() -> None:
    record = with_pressures(
        measured("systolic", "146"), measured("systolic", "128"), measured("diastolic", "80")
    )
    assert texts(evaluate(POLICY, record), "blood-pressure-high") == [
        "Systolic 146 mmHg on 2 Mar 2026"
    ]


def test_a_later_day_replaces_an_earlier_one() -> None:
    yesterday = TODAY - timedelta(days=1)
    record = with_pressures(
        measured("systolic", "128"),
        measured("diastolic", "80"),
        measured("systolic", "190", yesterday),
        measured("diastolic", "100", yesterday),
    )
    assert rules(record) == set()


def test_an_old_high_reading_is_missing_not_high() -> None:
    old = TODAY - timedelta(days=31)
    record = with_pressures(measured("systolic", "190", old), measured("diastolic", "95", old))
    assert rules(record) == {"blood-pressure-missing"}


def test_a_high_systolic_counts_even_without_its_diastolic() -> None:
    assert rules(with_pressures(measured("systolic", "190"))) == {
        "blood-pressure-very-high",
        "blood-pressure-high",
        "blood-pressure-missing",
    }


def test_measurements_the_policy_does_not_use_change_nothing() -> None:
    extra = measured("spo2", "60", unit="%")
    record = replace(COMPLETE, measurements=(*COMPLETE.measurements, extra))
    assert rules(record) == set()


def test_a_weight_of_zero_is_a_measurement_and_not_an_absence() -> None:
    record = replace(
        COMPLETE,
        measurements=tuple(
            replace(m, value=Decimal(0)) if m.code == "weight" else m for m in COMPLETE.measurements
        ),
    )
    assert rules(record) == set()


# --- the whole ---


def test_block_evaluate_caution_and_missing_stand_in_the_verdict() -> None:
    record = replace(
        answering("pregnancy", "yes"),
        conditions=(fact("Stroke"),),
        medications=(fact("Diazepam"),),
        measurements=(),
    )
    screening = evaluate(POLICY, record)
    assert screening.verdict == (
        "Cannot start: 1 blocking finding, 1 needs evaluation, 2 unanswered"
    )
    assert [f.rule for f in screening.of(Tier.CAUTION)] == ["benzodiazepine"]


def test_cautions_alone_do_not_hold() -> None:
    screening = evaluate(POLICY, replace(COMPLETE, medications=(fact("Diazepam"),)))
    assert not screening.holds
    assert screening.verdict == "Nothing holds; 1 to weigh. The prescriber decides."


def test_the_screening_names_policy_version_and_day() -> None:
    screening = evaluate(POLICY, COMPLETE)
    assert (screening.policy, screening.version, screening.as_of) == ("iv_ketamine", "1", TODAY)


WORDS = sorted({word for s in value_sets.load().values() for word in s.words})
FACTS = st.builds(
    CodedFact,
    system=st.sampled_from([None, "http://snomed.info/sct"]),
    code=st.sampled_from([None, "38341003", "72892002"]),
    text=st.one_of(st.text(max_size=20), st.sampled_from(WORDS)),
    status=st.sampled_from(["active", "resolved", "unknown", "", "entered-in-error"]),
    since=st.none() | st.dates(date(1900, 1, 1), date(2030, 1, 1)),
    until=st.none() | st.dates(date(1900, 1, 1), date(2030, 1, 1)),
)
MEASUREMENTS = st.builds(
    Measurement,
    code=st.sampled_from(["weight", "systolic", "diastolic", "spo2", "other"]),
    value=st.decimals(-10, 400, places=2),
    unit=st.sampled_from(["kg", "mmHg", "", "kPa"]),
    taken_on=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
)


@given(
    conditions=st.lists(FACTS, max_size=4),
    medications=st.lists(FACTS, max_size=4),
    allergies=st.lists(FACTS, max_size=2),
    measurements=st.lists(MEASUREMENTS, max_size=5),
    values=st.dictionaries(
        st.sampled_from([q.id for q in POLICY.questions]),
        st.sampled_from(["yes", "no", "none", "never", "active", "not-obtainable", "??"]),
    ),
)
def test_no_record_makes_screening_fail_or_stay_silent_about_an_open_question(
    conditions: list[CodedFact],
    medications: list[CodedFact],
    allergies: list[CodedFact],
    measurements: list[Measurement],
    values: dict[str, str],
) -> None:
    record = Record(
        as_of=TODAY,
        birth_date=None,
        sex=None,
        conditions=tuple(conditions),
        medications=tuple(medications),
        allergies=tuple(allergies),
        measurements=tuple(measurements),
        answers={name: Answer(name, value) for name, value in values.items()},
    )
    screening = evaluate(POLICY, record)
    asked = {finding.asks for finding in screening.of(Tier.MISSING)}
    assert {question.id for question in POLICY.questions} - set(values) <= asked
    assert all(finding.triggers for finding in screening.findings)


@given(st.lists(FACTS, max_size=4), FACTS)
def test_one_more_entry_never_takes_a_finding_away(facts: list[CodedFact], more: CodedFact) -> None:
    fewer = rules(replace(COMPLETE, conditions=tuple(facts)))
    assert fewer <= rules(replace(COMPLETE, conditions=(*facts, more)))
