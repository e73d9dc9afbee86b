"""A policy's page says what the policy's files say: nothing left out, in words a nurse reads."""

from __future__ import annotations

import pytest

from mooring.clinic.handbook.pages import Case, Outcome, Page
from mooring.clinic.handbook.policies import KINDS, PROTOCOLS, policy_page, resting_on, within
from mooring.core import evidence
from mooring.core.protocols.screening import load_policy
from tests.clinic.handbook.reading import EVERY_POLICY, EVERY_VERSION, case_names, data_of, listed

every_policy = pytest.mark.parametrize(("kind", "name", "version"), EVERY_VERSION)
SCREENING = ("screening", "iv_ketamine")


def all_cases(page: Page) -> list[Case]:
    return [*page.cases, *(case for rule in page.rules for case in rule.cases)]


def case_called(kind: str, name: str, title: str) -> Case:
    return next(case for case in all_cases(policy_page(kind, name)) if case.title == title)


def rule_called(kind: str, name: str, title: str):
    return next(rule for rule in policy_page(kind, name).rules if rule.title == title)


def test_every_kind_of_policy_has_a_reader():
    kinds = {path.parents[2].name for path in PROTOCOLS.glob("*/*/*/policy.toml")}
    assert kinds == set(KINDS)


@every_policy
def test_every_case_of_the_table_is_shown_once(kind, name, version):
    page = policy_page(kind, name, version)
    assert sorted(case.title for case in all_cases(page)) == sorted(case_names(kind, name, version))
    assert page.case_count == len(case_names(kind, name, version))


@every_policy
def test_every_claim_of_the_files_is_on_the_page(kind, name, version):
    in_files = {claim for data in data_of(kind, name, version) for claim in listed(data, "claims")}
    assert policy_page(kind, name, version).cited == in_files


@every_policy
def test_every_disagreement_of_the_files_is_on_the_page(kind, name, version):
    in_files = {
        one for data in data_of(kind, name, version) for one in listed(data, "disagreements")
    }
    assert policy_page(kind, name, version).contested == in_files


@every_policy
def test_every_number_stands_with_a_claim(kind, name, version):
    """Sections that only look things up carry none: words and units."""
    for section in policy_page(kind, name, version).sections:
        if section.anchor not in ("words", "units"):
            for rule in section.rules:
                assert list(rule.all_claims), f"{section.title}: {rule.title}"


@every_policy
def test_every_case_says_what_is_expected(kind, name, version):
    for case in all_cases(policy_page(kind, name, version)):
        assert case.expected, case.title
        assert all(outcome.text for outcome in case.expected)


def test_an_unknown_policy_is_named():
    with pytest.raises(KeyError, match="screening/nothing"):
        policy_page("screening", "nothing")
    with pytest.raises(KeyError, match=r"\.\./"):
        policy_page("../core", "iv_ketamine")


# --- screening ---


@pytest.mark.parametrize(
    ("anchor", "title", "mark"),
    [
        ("block", "Blocks", "block"),
        ("evaluate", "Evaluate first", "due"),
        ("caution", "Caution", "caution"),
        ("missing", "Missing", "unknown"),
    ],
)
def test_screening_rules_stand_under_their_tier_with_its_mark(anchor, title, mark):
    section = next(s for s in policy_page(*SCREENING).sections if s.anchor == anchor)
    assert (section.title, section.mark) == (title, mark)
    policy = load_policy("iv_ketamine")
    of_tier = [r.title for r in policy.rules if r.tier.value == anchor and "." not in r.id]
    assert [rule.title for rule in section.rules] == of_tier
    assert {rule.mark for rule in section.rules} == {mark}


def test_a_screening_rule_says_in_words_what_makes_it_speak():
    rule = rule_called(*SCREENING, "Pregnant")
    assert [(when.text, when.anchor) for when in rule.when] == [
        ("Is the patient pregnant? Answered “Yes”", "question-pregnancy")
    ]
    rule = rule_called(*SCREENING, "Psychosis now")
    assert [when.text for when in rule.when] == [
        "Psychosis? Answered “Active now”",
        "Condition in the record: Psychosis now, unless it is known to be over",
    ]
    rule = rule_called(*SCREENING, "Systolic pressure above 180")
    assert [when.text for when in rule.when] == [
        "Systolic blood pressure above 180 mmHg, measured within 30 days"
    ]
    rule = rule_called(*SCREENING, "No recent weight")
    assert [when.text for when in rule.when] == ["No weight within 90 days"]


def test_every_place_that_a_rule_leads_to_is_on_the_page():
    rules = list(policy_page(*SCREENING).rules)
    anchors = [rule.anchor for rule in rules if rule.anchor]
    assert len(anchors) == len(set(anchors))
    assert {when.anchor for rule in rules for when in rule.when if when.anchor} <= set(anchors)


def test_what_is_shown_beside_a_rule_is_told_apart_from_what_makes_it_speak():
    rule = rule_called(*SCREENING, "Lamotrigine")
    assert [when.text for when in rule.when] == [
        "Medicine in the record: Lamotrigine, unless it is known to be over",
        "Shown beside it: Condition in the record: Seizure disorder, now or in the past",
    ]


def test_every_question_is_shown_with_its_answers():
    question = rule_called(*SCREENING, "Is the patient pregnant?")
    assert [when.text for when in question.when] == [
        "Yes",
        "No, test negative",
        "Not possible; asks “Why is pregnancy not possible?”",
        "Not known",
        "Not obtainable; asks “Why could it not be obtained?”",
        "Asked again after 30 days",
    ]
    section = next(s for s in policy_page(*SCREENING).sections if s.anchor == "questions")
    assert len(section.rules) == 19


def test_a_screening_case_reads_like_a_record():
    """The cases as policy and evidence file give them; the words here are the page's."""
    assert case_called(*SCREENING, "Pregnant blocks") == Case(
        "Pregnant blocks",
        ("Is the patient pregnant? Yes",),
        (Outcome("block", "Blocks: Pregnant"),),
    )
    overdose = case_called(*SCREENING, "An overdose of 2000 is evaluated (Trenton Turner)")
    assert overdose.given == ("Condition: Drug overdose, active since 17 Jul 2000",)
    assert overdose.expected == (
        Outcome("due", "Evaluate first: Overdose, self-harm or suicide attempt in the record"),
        Outcome("", "Its words name “Drug overdose, active since 17 Jul 2000”"),
    )


def test_many_like_findings_are_counted_and_not_listed():
    nothing = next(case for case in policy_page(*SCREENING).cases if "every question" in case.title)
    assert nothing.given == ("Nothing asked, nothing measured",)
    assert nothing.expected == (
        Outcome("unknown", "Missing: 19 questions not answered"),
        Outcome("unknown", "Missing: No recent blood pressure"),
        Outcome("unknown", "Missing: No recent weight"),
        Outcome("unknown", "Missing: Medicines not asked"),
        Outcome("unknown", "Missing: Allergies not asked"),
    )


# --- session policies ---


def test_a_stop_rule_says_its_limits_with_the_claim_of_each():
    rule = rule_called("stopping", "emory_s2", "Blood pressure rise")
    assert (rule.mark, rule.word) == ("stop", "Stop")
    over = "over the patient's own baseline"
    assert [(when.text, when.claims) for when in rule.when] == [
        (f"Systolic blood pressure at least 45 mmHg {over}", ("S2.44",)),
        (f"Diastolic blood pressure at least 30 mmHg {over}", ("S2.44",)),
    ]


def test_a_stop_case_says_minute_reading_and_banner():
    assert case_called("stopping", "emory_s2", "45 over the systolic baseline stops") == Case(
        "45 over the systolic baseline stops",
        ("Minute 20: Blood pressure 165/90", "Looked at in minute 20"),
        (
            Outcome("stop", "STOP: Blood pressure rise"),
            Outcome("", "“165/90 is +45 over baseline 120/78”"),
            Outcome("due", "Measure again by minute 22"),
        ),
    )


def test_a_stop_case_that_must_stay_silent_says_so():
    quiet = case_called("stopping", "emory_s2", "44 systolic and 29 diastolic over baseline do not")
    assert quiet.expected == (Outcome("met", "Nothing is raised"),)


def test_what_is_over_is_told_apart_from_what_is_active():
    waking = case_called("stopping", "sedation_call", "Waking up ends the alert")
    assert waking.expected == (Outcome("stop", "CALL: Deep sedation: airway, and is over by then"),)


def test_an_infusion_without_a_baseline_is_a_caution_of_its_own():
    case = case_called("stopping", "emory_s2", "An infusion that runs without a baseline says so")
    assert case.given[0] == "Without what the other cases start from"
    assert case.expected == (Outcome("caution", "CAUTION: Baseline unknown"),)


def test_minutes_before_the_start_are_negative_and_sorted():
    before = case_called("stopping", "spo2_92", "It also calls before the start")
    assert before.given == ("Minute −20: SpO2 85 %", "Looked at in minute −20")
    minutes = [
        line.split(":")[0]
        for line in case_called("leaving", "iv_recovery", "Everything met: nothing is open").given
    ]
    assert minutes == ["Minute 90", "Minute 110", "Looked at in minute 120"]


def test_checks_due_together_are_one_line():
    case = case_called("monitoring", "emory_q10", "Overdue past the grace")
    assert case.expected == (
        Outcome(
            "overdue",
            "Blood pressure, heart rate, SpO2, sedation score: overdue "
            "(due in minute 10, overdue after minute 12)",
        ),
    )


def test_fixed_times_are_listed():
    rule = rule_called("monitoring", "szarmach_times", "Blood pressure, heart rate")
    assert (
        rule.when[0].text
        == "At minutes 0, 15, 30, 45, 60, 90 from the start of the infusion or the first dose"
    )
    assert rule.when[0].claims == ("szarmach-2020.schedule",)


def test_a_check_in_says_hours_before_the_start_and_not_a_date():
    case = case_called("starting", "iv_start", "Everything there: nothing holds")
    assert case.given[0] == (
        "Minute −20: Check-in, identified by name, birth date, last food 7 h before the start, "
        "last drink 2.5 h before the start, "
        "goes home with T. Marsh, substances today none, medicines today sertraline 100 mg"
    )
    assert case.expected == (Outcome("met", "Nothing holds the start"),)


def test_what_is_open_is_named_in_words():
    case = case_called("leaving", "iv_recovery", "One minute before the two hours it is open")
    assert case.expected == (
        Outcome("due", "Open: Minimum time since the start"),
        Outcome("", "First line: “Not yet: 119 of 120 min since the start of the infusion”"),
    )


def test_criteria_looked_at_together_are_told_in_one_breath():
    case = case_called("leaving", "iv_recovery", "Everything met: nothing is open")
    assert (
        "Looked at and met: oriented, steady gait, nausea controlled, responsible adult present, "
        "driving restriction acknowledged, suicidal ideation asked" in case.given[1]
    )


# --- doses and series ---


def test_a_bounds_case_says_order_weight_and_how_firmly_it_is_held():
    case = case_called("bounds", "iv_racemic", "0.5 mg/kg over 20 minutes")
    assert case.given == (
        "KETAmine (racemic), intravenous infusion: 0.5 mg/kg over 20 min",
        "Weight: 70 kg",
    )
    assert case.expected == (
        Outcome(
            "stop", "Stop, opened by a second person with a reason: faster than the fastest rate"
        ),
    )


def test_a_missing_weight_waits_and_is_drawn_hollow():
    case = case_called("bounds", "iv_racemic", "0.5 mg/kg without a weight")
    assert "Weight: none" in case.given
    assert case.expected[0].mark == "unknown"


def test_a_series_case_says_days_and_departures():
    assert case_called("regimens", "iv_series", "Six on six days") == Case(
        "Six on six days",
        ("Infusions on day 0, 1, 2, 3, 4, 5", "Therapy visits: 3", "Looked at on day 5"),
        (
            Outcome("", "6 done, week 1"),
            Outcome("caution", "Departs from the plan: infusions a week"),
            Outcome("caution", "Departs from the plan: length of the series"),
        ),
    )


def test_a_ladder_shows_each_step_with_its_amount_and_its_minutes():
    page = policy_page("ladders", "intranasal_steps")
    assert [rule.title for rule in page.sections[0].rules] == [
        "Step 1: 10 mg, 1 spray",
        "Step 2: 30 mg, 3 sprays",
        "Step 3: 50 mg, 5 sprays",
    ]
    assert page.sections[0].rules[1].text.startswith("Minute 0, 10, 20;")


def test_a_ladder_says_what_a_month_comes_to():
    # Evidence file §6: 40 sprays, 4.0 mL, 400 mg; with the steps before 44 sprays, 440 mg.
    course = policy_page("ladders", "intranasal_steps").sections[2].rules[0]
    assert "40 sprays, 4 mL, 400 mg" in course.text
    assert "44 sprays, 4.4 mL, 440 mg" in course.text


def test_a_ladder_case_says_how_the_step_went_and_what_holds():
    case = case_called("ladders", "intranasal_steps", "Nobody asked about confusion")
    assert case.given == (
        "Step 1 at 0 h, watched 180 min, confusion unknown, reviewed after 24 h, go on",
        "Looked at after 24 h",
    )
    assert case.expected == (
        Outcome("", "Next: step 2"),
        Outcome("block", "Holds: an item not asked"),
    )


def test_an_interaction_says_what_it_means_by_each_route():
    rules = policy_page("interactions", "route_aware").sections[0].rules
    (rifampicin,) = [rule for rule in rules if rule.anchor == "rifampicin"]
    assert (rifampicin.mark, rifampicin.word) == ("caution", "Decide first")
    assert [when.text.partition(":")[0] for when in rifampicin.when] == [
        "Oral",
        "Intravenous infusion, intravenous bolus",
        "Sublingual, intranasal",
        "Intramuscular, subcutaneous",
    ]


def test_the_doses_beside_diazepam_stand_table_by_table():
    section = policy_page("interactions", "route_aware").sections[1]
    assert section.rules[0].title == "More than 8 mg/day as diazepam is flagged"
    assert [rule.title.rpartition(": ")[2] for rule in section.rules][2:] == [
        "VA and DoD, 2021",
        "Ashton, 2002",
        "WHO, 2009",
    ]
    assert "lorazepam 0.5 mg" in section.rules[-1].text


def test_an_interaction_case_says_the_list_the_findings_and_what_is_unknown():
    assert case_called("interactions", "route_aware", "Lorazepam as needed") == Case(
        "Lorazepam as needed",
        ("KETAmine (racemic), intravenous infusion", "lorazepam 0.5 mg, as needed"),
        (
            Outcome("due", "Watch: Benzodiazepine and the effect on depression"),
            Outcome("due", "Watch: Opioid, benzodiazepine, alcohol or another depressant"),
            Outcome("unknown", "Benzodiazepines: not known"),
        ),
    )
    over = case_called("interactions", "route_aware", "Clarithromycin that is over")
    assert over.given[1] == "clarithromycin 500 mg, completed"
    assert over.expected == (Outcome("met", "Nothing is raised"),)


# --- from claims and disagreements back to policies ---


def test_a_claim_knows_the_policies_that_rest_on_it():
    assert [page.name for page in resting_on("S2.44")] == ["emory_s2"]
    assert resting_on("S1.38") == ()


def test_a_disagreement_knows_the_policies_it_is_about():
    assert [page.name for page in within("D34")] == [
        "esketamine_label",
        "intranasal_three_hours",
        "iv_recovery",
        "single_dose",
    ]


def test_every_claim_and_disagreement_that_a_policy_cites_has_a_page():
    base = evidence.load()
    for kind, name in EVERY_POLICY:
        page = policy_page(kind, name)
        assert page.cited <= set(base.claims)
        assert page.contested <= set(base.disagreements)
