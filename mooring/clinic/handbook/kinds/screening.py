"""Screening policies: rules by tier, the questions that are asked, and what counts as what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mooring.clinic.handbook.kinds import screening_cases, triggers
from mooring.clinic.handbook.kinds.tiers import MARKS, WORDS
from mooring.clinic.handbook.pages import Case, Page, Rule, Section, When
from mooring.core.code_systems import NAMES
from mooring.core.drugs.interactions import names as medicines
from mooring.core.protocols import screening, value_sets
from mooring.core.protocols.screening import Policy, Question, Tier
from mooring.core.protocols.screening.cases import load_cases
from mooring.core.protocols.screening.wording import READABLE_UNITS

TEXTS = {
    Tier.BLOCK: "Treatment is not started. A prescriber may override with a reason, "
    "and it is shown as an override.",
    Tier.EVALUATE: "A clinician looks into it before a decision.",
    Tier.CAUTION: "Known and weighed; it holds nothing.",
    Tier.MISSING: "What is not known holds as firmly as what blocks, and cannot be overridden. "
    "Each unanswered question below is missing as well.",
}

WHAT_COUNTS = (
    "What a rule looks for. An entry of the record counts when one of its codes is listed, or when "
    "one of the words stands in its text or in the words of its codes. What an entry denies, rules "
    "out, fears, screens for or says of somebody else does not count; slips of rare words do."
)


def page(name: str, version: str | None = None) -> Page:
    """The page of one screening policy."""
    policy = screening.load_policy(name, version=version)
    table = load_cases(name, version=version)
    rows = screening_cases.by_rule(policy, table)
    return Page(
        kind="screening",
        name=name,
        version=policy.version,
        title=policy.title,
        summary=summary(policy),
        sections=(
            *(tier(policy, each, rows) for each in Tier),
            *choices(policy),
            questions(policy, rows),
            indications(policy),
            measurements(policy),
            what_counts(policy),
        ),
        background=tuple(screening_cases.base(policy, table)),
        cases=tuple(rows.get(None, ())),
    )


def summary(policy: Policy) -> str:
    """The policy's own words, and whose rules it takes over."""
    if not policy.extends:
        return policy.summary
    name, _, version = policy.extends.rpartition(" ")
    base = screening.load_policy(name, version=version)
    return f"{policy.summary} It takes over the rules of “{base.title}”, version {version}."


def choices(policy: Policy) -> Iterator[Section]:
    """The sides a clinic can choose, each with what it changes."""
    rules = tuple(
        Rule(
            side.title,
            text="Followed until a clinic chooses" if side == choice.sides[0] else "",
            when=tuple(
                When(f"{one.title}: {WORDS[tier]}")
                for one in policy.rules
                for name, tier in one.by_side.items()
                if name == side.id
            ),
            claims=side.claims,
            disagreements=(choice.disagreement,),
        )
        for choice in policy.choices
        for side in choice.sides
    )
    if rules:
        text = "Where sources differ the clinic's owner chooses a side, with a reason."
        yield Section("sides", "Sides", rules, text)


def derived_from(question: Question) -> tuple[str, str]:
    """The ids of the two rules that a required question brings along."""
    return f"unanswered.{question.id}", f"not-obtainable.{question.id}"


def tier(policy: Policy, each: Tier, rows: dict[str | None, list[Case]]) -> Section:
    """The rules of one tier, without those that questions bring along."""
    brought = {name for question in policy.questions for name in derived_from(question)}
    rules = tuple(
        rule(entry, policy, rows)
        for entry in policy.rules
        if entry.tier is each and entry.id not in brought
    )
    return Section(each.value, WORDS[each], rules, TEXTS[each], MARKS[each])


def rule(entry: screening.Rule, policy: Policy, rows: dict[str | None, list[Case]]) -> Rule:
    """One rule, with what makes it speak and its own cases."""
    beside = tuple(
        When(f"Shown beside it: {triggers.fact(one)}", anchor=triggers.anchor(one.value_set))
        for one in entry.show_also
    )
    return Rule(
        title=entry.title,
        text=entry.explanation,
        mark=MARKS[entry.tier],
        when=(*(triggers.when(one, policy) for one in entry.when), *beside),
        claims=entry.claims,
        disagreements=entry.disagreements,
        cases=tuple(rows.get(entry.id, ())),
    )


def questions(policy: Policy, rows: dict[str | None, list[Case]]) -> Section:
    """The interview, each question with the answers it takes."""
    return Section(
        "questions",
        "Interview",
        tuple(question(one, rows) for one in policy.questions),
        "Unanswered, a required question is missing. “Not obtainable”, with a reason, is "
        "evaluated.",
    )


def question(one: Question, rows: dict[str | None, list[Case]]) -> Rule:
    """One question with its options."""
    own_rows = [row for name in derived_from(one) for row in rows.get(name, ())]
    return Rule(
        title=one.text,
        text=one.help,
        when=tuple(answers(one)),
        claims=one.claims,
        disagreements=one.disagreements,
        cases=tuple(own_rows),
        anchor=triggers.question_anchor(one.id),
    )


def answers(one: Question) -> Iterator[When]:
    """The options, how long an answer keeps, and whether it has to be given."""
    for option in one.options:
        asks = f"; asks “{option.detail_label}”" if option.detail_label else ""
        yield When(option.label + asks)
    if one.max_age_days is not None:
        yield When(f"Asked again after {one.max_age_days} days")
    if not one.required:
        yield When("May stay unanswered")


def indications(policy: Policy) -> Section:
    """What speaks for treatment."""
    sets = value_sets.load()
    rules = tuple(
        Rule(
            sets[one.value_set].title,
            when=(When("In the record", anchor=triggers.anchor(one.value_set)),),
            claims=one.claims,
        )
        for one in policy.indications
    )
    return Section("indications", "Indications", rules)


def measurements(policy: Policy) -> Section:
    """The units that are understood."""
    rules = tuple(
        Rule(triggers.MEASURED[code], f"Understood in {' or '.join(readable(units))}")
        for code, units in policy.units.items()
    )
    text = "A measurement in any other unit counts as unknown; nothing is guessed."
    return Section("units", "Units", rules, text)


def readable(units: Iterable[str]) -> list[str]:
    """Each unit once, as people write it."""
    return list(dict.fromkeys(READABLE_UNITS.get(unit, unit) for unit in units))


def what_counts(policy: Policy) -> Section:
    """The words and codes of every value set that a rule looks for."""
    sets = value_sets.load()
    rules = tuple(value_set(sets[name]) for name in triggers.value_sets_of(policy))
    return Section("words", "Words and codes", rules, WHAT_COUNTS, folded=True)


def value_set(one: value_sets.ValueSet) -> Rule:
    """One value set."""
    return Rule(
        one.title,
        when=tuple(When(text) for text in _told(one)),
        anchor=triggers.anchor(one.id),
    )


def _told(one: value_sets.ValueSet) -> Iterator[str]:
    """Its words, its codes and what is none of it, each in a line."""
    sets, groups = value_sets.load(), medicines.load().groups
    if one.of:
        yield f"What is said of a relative: {', '.join(sets[name].title for name in one.of)}"
    for group in (groups[name] for name in one.groups):
        yield f"{group.title}: {', '.join(each.name for each in group.medicines)}"
    named = (*one.medicines, *one.substances)
    if named:
        yield f"Medicines, by every name that interactions know: {', '.join(named)}"
    if one.words:
        yield f"Words: {', '.join(one.words)}"
    if one.exact:
        yield f"In capitals: {', '.join(one.exact)}"
    if one.void:
        yield f"But not beside: {', '.join(one.void)}"
    for pair in one.together:
        yield f"Together: {', '.join(pair.one)} with {', '.join(pair.other)}"
    if one.unless:
        yield f"Not: {', '.join(one.unless)}"
    yield from _codes(one)


def _codes(one: value_sets.ValueSet) -> Iterator[str]:
    if one.codes:
        told = (f"{each.display} ({NAMES[each.system]} {each.code})" for each in one.codes)
        yield f"Codes: {', '.join(told)}"
    for codes, words in (
        (one.icd10cm, "ICD-10-CM, with all below"),
        (one.icd10cm_past, "In the past, by ICD-10-CM"),
        (one.icd10cm_without, "But not, of ICD-10-CM"),
    ):
        if codes:
            yield f"{words}: {', '.join(f'{title} ({code})' for code, title in codes.items())}"
