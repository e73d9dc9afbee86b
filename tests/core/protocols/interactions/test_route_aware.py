"""Interactions by route: every case of the policy, what carries over, and the threshold."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mooring.core import evidence
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.interactions import Entry
from mooring.core.drugs.interactions.equivalents import tables
from mooring.core.evidence.models import Status
from mooring.core.protocols.interactions import (
    InteractionCase,
    Outcome,
    Severity,
    Verdict,
    cases,
    findings,
    load,
    read_list,
)
from mooring.core.protocols.interactions.benzodiazepines import MAY_BE_A_RENEWAL
from mooring.core.protocols.interactions.carried import carried_over
from mooring.core.protocols.interactions.policy import FOLDER, Effect, InteractionPolicy, Rule
from tests.support.released import released

POLICY = load("route_aware")
RACEMIC = Drug.RACEMIC_KETAMINE
VEIN = Route.INTRAVENOUS_INFUSION


def listed(*texts: str, status: str = "active"):
    return read_list(POLICY, [Entry(text, status=status) for text in texts])


def by(route: Route, *texts: str, drug: Drug = RACEMIC, status: str = "active"):
    return findings(POLICY, listed(*texts, status=status), drug, route)


@pytest.mark.parametrize(
    ("name", "version", "case"),
    [
        pytest.param(name, version, case, id=f"{name} v{version}: {case.id}")
        for name, version in released(FOLDER)
        for case in cases(name, version)
    ],
)
def test_the_list_leads_to_what_its_case_says(
    name: str, version: str, case: InteractionCase
) -> None:
    policy = load(name, version)
    assert {one.rule.id: one.severity for one in case.found(policy)} == case.findings
    found = case.listed(policy)
    assert tuple(line.read.entry.text for line in found.no_rule) == case.no_rule
    assert tuple(line.read.entry.text for line in found.not_recognised) == case.not_recognised
    assert tuple(near for line in found.lines for near in line.read.near) == case.nearest
    verdict = found.benzodiazepines and found.benzodiazepines.verdict
    assert verdict == case.benzodiazepines


def test_every_rule_has_a_case() -> None:
    told = {rule for case in cases("route_aware") for rule in case.findings}
    assert {rule.id for rule in POLICY.rules} == told


def test_nothing_that_was_only_remembered_stands_behind_a_rule() -> None:
    known = evidence.load().claims
    told = {name for rule in POLICY.rules for name in rule.claims}
    assert {known[name].status for name in told} <= {
        Status.VERIFIED,
        Status.RELAYED,
        Status.SOURCE_ONLY,
        Status.CLINIC_CHOICE,
    }


def test_the_same_medicine_weighs_by_route() -> None:
    # Rifampicin took 86 % of a swallowed dose, and 14 % of one by vein (evidence §9).
    assert by(Route.ORAL, "rifampin")[0].severity is Severity.DECIDE
    assert by(Route.SUBLINGUAL, "rifampin")[0].severity is Severity.WATCH
    assert by(VEIN, "rifampin")[0].severity is Severity.KNOW


def test_the_figure_by_vein_stands_beside_the_one_by_mouth() -> None:
    both = {"s-ketamine-enzymes.rifampicin-oral", "s-ketamine-enzymes.rifampicin-intravenous"}
    for route in (Route.ORAL, VEIN, Route.SUBLINGUAL, Route.INTRANASAL):
        assert set(by(route, "rifampin")[0].effect.claims) == both


def test_what_was_seen_by_mouth_in_volunteers_with_s_ketamine_is_carried_over_and_says_so() -> None:
    (finding,) = by(Route.SUBLINGUAL, "clarithromycin")
    assert finding.carried == (
        "Known from the oral route, carried over to the sublingual route.",
        "Known from S-ketamine, carried over to KETAmine (racemic).",
        "Known from healthy volunteers, carried over to patients.",
    )


def test_by_the_route_and_form_that_were_studied_only_the_volunteers_remain() -> None:
    (finding,) = by(Route.ORAL, "clarithromycin", drug=Drug.ESKETAMINE)
    assert finding.carried == ("Known from healthy volunteers, carried over to patients.",)


def test_a_bolus_into_a_vein_is_by_vein() -> None:
    (finding,) = by(Route.INTRAVENOUS_BOLUS, "sertraline")
    assert finding.carried == ()


def test_a_claim_that_names_no_route_and_no_form_carries_nothing_over() -> None:
    assert carried_over(["veraart-2021.lithium"], RACEMIC, VEIN) == ()


def test_findings_stand_from_what_asks_for_most_to_what_asks_for_least() -> None:
    found = by(Route.ORAL, "lithium", "lamotrigine", "Vyvanse", "rifampin")
    assert [one.rule.id for one in found] == ["rifampicin", "stimulants", "lamotrigine", "lithium"]
    assert by(VEIN, "amlodipine") == ()


def test_a_rule_names_every_medicine_that_makes_it_speak() -> None:
    (finding,) = by(VEIN, "Vyvanse 30 mg", "Ritalin", "lisdexamfetamine")
    assert finding.medicines == ("lisdexamfetamine", "methylphenidate")


def test_what_is_over_is_shown_and_leads_to_no_finding() -> None:
    found = listed("clarithromycin", status="completed")
    assert findings(POLICY, found, RACEMIC, Route.ORAL) == ()
    assert [line.read.entry.text for line in found.ended] == ["clarithromycin"]


@pytest.mark.parametrize("status", ["active", "unknown", "on-hold", ""])
def test_what_is_not_said_to_be_over_counts_as_taken(status: str) -> None:
    assert by(Route.ORAL, "clarithromycin", status=status)[0].severity is Severity.DECIDE


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=20)), max_size=6))
def test_every_entry_ends_in_one_of_three_ways_and_none_is_lost(rows) -> None:
    entries = [Entry(text, dose) for text, dose in rows]
    found = read_list(POLICY, entries)
    assert [line.read.entry for line in found.lines] == entries
    for line in found.lines:
        recognised = line.outcome is not Outcome.NOT_RECOGNISED
        assert recognised == line.read.recognised
        assert (line.outcome is Outcome.FINDINGS) == bool(line.rules)


def test_an_empty_list_has_no_lines_and_no_findings() -> None:
    found = listed()
    assert (found.lines, found.benzodiazepines) == ((), None)
    assert findings(POLICY, found, RACEMIC, VEIN) == ()


# --- lists as they come: any order, any length, any words ---

ENTRIES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("lorazepam 1 mg bid", "diazepam 5 mg daily", "Xanax prn", "nitrazepam 5 mg hs"),
                *("oxycodone 5 mg", "Benadryl", "rifampin", "Vyvanse 30 mg qam", "denies alcohol"),
                *("prazepam 10 mg nightly", "no longer takes Parnate", "little blue pill", "Luvox"),
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=6,
)
ROUTES = st.sampled_from(Route)


def found_in(route: Route, texts: list[str]) -> dict[str, frozenset[str]]:
    """For each rule that speaks, the medicines that make it speak."""
    return {one.rule.id: frozenset(one.medicines) for one in by(route, *texts)}


@given(ENTRIES, ROUTES, st.randoms())
def test_the_order_of_the_entries_changes_nothing(texts, route, random) -> None:
    shuffled = [*texts]
    random.shuffle(shuffled)
    assert found_in(route, shuffled) == found_in(route, texts)
    one, other = listed(*texts).benzodiazepines, listed(*shuffled).benzodiazepines
    assert (one and one.verdict) == (other and other.verdict)


@given(ENTRIES, st.text(max_size=30), ROUTES)
def test_one_more_entry_takes_no_finding_away(texts, more, route) -> None:
    before, after = found_in(route, texts), found_in(route, [*texts, more])
    for rule_id, medicines in before.items():
        assert medicines <= after[rule_id]


@given(ENTRIES, ENTRIES)
def test_more_entries_never_bring_an_amount_back_below_the_threshold(texts, more) -> None:
    before, after = listed(*texts).benzodiazepines, listed(*texts, *more).benzodiazepines
    if before is not None and before.flagged:
        assert after is not None
        assert after.flagged


# --- what the words of an entry say about its being taken ---


@pytest.mark.parametrize("text", ["denies lorazepam", "Allergies: lorazepam (rash)"])
def test_a_denial_and_an_allergy_lead_to_no_finding_and_are_shown(text: str) -> None:
    found = listed(text)
    assert findings(POLICY, found, RACEMIC, VEIN) == ()
    assert found.benzodiazepines is None
    assert [line.read.entry.text for line in found.not_taken] == [text]
    assert (found.ended, found.may_be_over) == ((), ())


def test_what_may_be_over_by_its_words_counts_and_is_shown() -> None:
    found = listed("no longer takes Parnate", "lorazepam 1 mg nightly")
    assert {one.rule.id for one in findings(POLICY, found, RACEMIC, VEIN)} >= {"mao-inhibitors"}
    assert [line.read.entry.text for line in found.may_be_over] == ["no longer takes Parnate"]


def test_a_denial_of_what_the_record_calls_over_is_over() -> None:
    found = listed("denies lorazepam", status="Completed")
    assert (len(found.ended), found.not_taken) == (1, ())


def test_one_medicine_with_two_amounts_is_added_up_and_said() -> None:
    found = listed("Ativan 1 mg bid", "lorazepam 1 mg at bedtime", "diazepam 2 mg").benzodiazepines
    assert found is not None
    assert found.repeated == ("lorazepam",)
    assert [one.mg for one in found.amounts] == [2, 1, None]
    assert [one.mg for one in found.counted] == [2, 1]


def test_renewals_in_the_same_words_count_once() -> None:
    # Clonazepam 2 mg a day, three times on the list: 20 mg by VA and DoD, 40 mg by Ashton.
    one, said = "Clonazepam 1 MG Oral Tablet", "Take 1 tablet (1 mg total) by mouth 2 (two) times"
    entries = [
        Entry(one, f"{said} daily."),
        Entry(one, f"{said} daily."),
        Entry(one, f"{said} DAILY"),
    ]
    found = read_list(POLICY, entries).benzodiazepines
    assert found is not None
    assert [(each.low, each.high, each.whole) for each in found.sums] == [
        (20, 20, True),
        (40, 40, True),
    ]
    assert (found.renewed, found.repeated) == (("clonazepam",), ())


def test_the_same_amount_in_other_words_is_not_added_and_said_to_be_open() -> None:
    found = listed("Ativan 1 mg bid", "lorazepam 1 mg twice daily").benzodiazepines
    assert found is not None
    assert [one.mg for one in found.counted] == [2]
    assert [one.why for one in found.unread] == [MAY_BE_A_RENEWAL]
    assert [one.low for one in found.sums] == [10, 20, 20]
    assert not any(one.whole for one in found.sums)


@given(st.integers(min_value=1, max_value=6))
def test_however_often_a_prescription_is_renewed_its_amount_stays(times: int) -> None:
    found = listed(*["diazepam 5 mg tablet, take 1 tablet at bedtime"] * times).benzodiazepines
    assert found is not None
    assert {(one.low, one.high) for one in found.sums} == {(5, 5)}


@pytest.mark.parametrize(
    "text", ["ketamine 100 mg troche", "Spravato 56 mg", "R-ketamine", "special K on weekends"]
)
def test_ketamine_on_the_list_is_decided_on_first(text: str) -> None:
    (finding,) = by(VEIN, text)
    assert (finding.rule.id, finding.severity) == ("ketamine-already", Severity.DECIDE)
    for route in Route:
        assert by(route, text)[0].severity is Severity.DECIDE


@pytest.mark.parametrize(
    "text",
    [
        *(
            "NKDA. Allergic to diazepam",
            "NKDA except diazepam",
            "No known allergies except diazepam",
        ),
        *("Diazepam: allergy (rash)", "allergies: PCN, diazepam, latex", "intolerant of diazepam"),
        *("allergic to diazepam, hives, 2014", "anaphylaxis to diazepam"),
    ],
)
def test_an_allergy_is_no_medicine_taken(text: str) -> None:
    assert by(VEIN, text) == ()
    assert listed(text).benzodiazepines is None
    assert [line.read.entry.text for line in listed(text).not_taken] == [text]


def test_an_allergy_in_the_place_of_the_dose_is_one() -> None:
    assert read_list(POLICY, [Entry("diazepam", "ALLERGY: rash")]).benzodiazepines is None


@pytest.mark.parametrize(
    "text",
    [
        *("NKDA. Diazepam", "No allergies. Diazepam", "NKDA, takes diazepam"),
        *("allergic to codeine, takes diazepam 5 mg", "diazepam for allergic reactions nightly"),
    ],
)
def test_a_medicine_beside_a_word_of_allergies_counts(text: str) -> None:
    assert listed(text).benzodiazepines is not None


def test_a_benzodiazepine_in_no_table_is_unknown_with_that_reason() -> None:
    found = listed("prazepam 10 mg nightly").benzodiazepines
    assert found is not None
    assert [(one.medicine, one.why) for one in found.unread] == [
        ("prazepam", "no table here sets it beside diazepam")
    ]


def test_the_moderate_inhibitors_ask_for_no_more_than_the_strong_ones() -> None:
    order = list(Severity)
    for route in Route:
        (moderate,), (strong,) = by(route, "diltiazem"), by(route, "ketoconazole")
        assert order.index(moderate.severity) >= order.index(strong.severity)


@pytest.mark.parametrize(
    "text",
    [
        *("naltrexone", "memantine", "bupropion", "atomoxetine", "trazodone", "mirtazapine"),
        *("quetiapine", "olanzapine"),
    ],
)
def test_what_the_note_says_has_no_rule_has_none_and_is_recognised(text: str) -> None:
    (note,) = [note for note in POLICY.notes if note.title == "What no rule here is about"]
    assert text in note.text
    assert [line.read.entry.text for line in listed(text).no_rule] == [text]


# --- benzodiazepines against the threshold (D19) ---


def test_the_threshold_is_the_one_of_its_claim() -> None:
    (number,) = [
        quantity
        for quantity in evidence.load().claim("andrashko-2020.threshold").quantities
        if quantity.of == "diazepam equivalents"
    ]
    assert (POLICY.threshold.value, POLICY.threshold.unit) == (number.value, number.unit)


@pytest.mark.parametrize(
    ("mg", "flagged"), [("8.0", False), ("8", False), ("8.1", True), ("8.01", True)]
)
def test_8_0_mg_is_not_flagged_and_8_1_is(mg: str, flagged: bool) -> None:
    # Evidence file T18.
    found = listed(f"diazepam {mg} mg daily").benzodiazepines
    assert found is not None
    assert found.flagged == flagged


@given(st.decimals(min_value="0.1", max_value=40, places=1))
def test_diazepam_is_flagged_from_just_above_the_threshold(mg: Decimal) -> None:
    found = listed(f"diazepam {mg} mg daily").benzodiazepines
    assert found is not None
    assert found.flagged == (mg > 8)


@pytest.mark.parametrize(
    "text",
    ["lorazepam", "lorazepam 1 mg prn", "lorazepam 0 mg daily", "benzos 5 mg daily"],
)
def test_an_amount_that_is_not_said_is_unknown_with_its_reason_and_never_0(text: str) -> None:
    found = listed(text).benzodiazepines
    assert found is not None
    assert found.verdict is Verdict.UNKNOWN
    assert found.unread[0].text == text
    assert found.unread[0].why


def test_an_amount_beside_two_medicines_belongs_to_neither() -> None:
    found = listed("lorazepam with oxycodone 1 mg daily").benzodiazepines
    assert found is not None
    assert found.unread[0].why == "which medicine the amount belongs to is not said"


def test_an_unknown_one_beside_a_small_known_one_stays_unknown() -> None:
    found = listed("diazepam 2 mg daily", "lorazepam prn").benzodiazepines
    assert found is not None
    assert found.verdict is Verdict.UNKNOWN


def test_the_policy_names_every_table_that_it_adds_up_by() -> None:
    assert POLICY.equivalents.claims == tuple(table.claim for table in tables())


def test_the_warning_against_leaving_one_out_stands_with_every_benzodiazepine() -> None:
    assert "abruptly" in POLICY.abrupt_hold.text
    assert "fda-2020-benzodiazepines.withdrawal" in POLICY.abrupt_hold.claims


def test_no_rule_has_anybody_start_or_stop_a_medicine() -> None:
    texts = [effect.text.casefold() for rule in POLICY.rules for effect in rule.effects]
    for word in ("stop ", "skip", "hold ", "withhold", "discontinue", "you should", "safe"):
        assert not any(word in text for text in texts), word


# --- what a policy may not say ---

EFFECT = {"severity": "know", "text": "Known.", "claims": ["veraart-2021.lithium"]}


def rule(**changed) -> Rule:
    values = {"id": "x", "title": "X", "mechanism": "M", "groups": ["lithium"]}
    return Rule.model_validate({**values, "effects": [EFFECT], **changed})


def test_a_rule_says_one_thing_by_every_route() -> None:
    with pytest.raises(ValidationError, match="each route once; look at intranasal"):
        others = [route for route in Route if route is not Route.INTRANASAL]
        rule(effects=[{**EFFECT, "routes": others}])
    with pytest.raises(ValidationError, match="each route once; look at oral"):
        rule(effects=[EFFECT, {**EFFECT, "routes": ["oral"]}])


@pytest.mark.parametrize(
    ("changed", "named"),
    [({"groups": ["sweets"]}, "sweets"), ({"medicines": ["sunshine"]}, "sunshine")],
)
def test_a_rule_is_about_known_medicines(changed, named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        rule(**changed)


def test_a_rule_is_about_something() -> None:
    with pytest.raises(ValidationError, match="name known groups or medicines"):
        rule(groups=[])


def test_a_rule_stands_once() -> None:
    values = POLICY.model_dump()
    values["rules"] = [*values["rules"], values["rules"][0]]
    with pytest.raises(ValidationError, match="ketamine-already stands twice"):
        InteractionPolicy.model_validate(values)


def test_an_effect_without_a_claim_is_refused() -> None:
    with pytest.raises(ValidationError):
        Effect.model_validate({**EFFECT, "claims": []})


def test_every_severity_has_a_word_of_its_own() -> None:
    assert Counter(severity.word for severity in Severity).most_common(1)[0][1] == 1
