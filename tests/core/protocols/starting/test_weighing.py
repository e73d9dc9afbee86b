"""A prescriber's decision opens what it weighed, for the fact it weighed, and nothing else."""

from typing import Literal

from mooring.core.protocols.starting.weighing import still_open, weighed
from mooring.core.session.entries import Note, PrescriberDecision, Weighed
from mooring.core.session.standing import Log, resolve
from mooring.core.session.view import Blocker
from tests.core.session.building import at, log, strike

FOOD = Blocker("fasting.food", "Food 10 min ago", ("choice.x",), fact="09:50")
UNASKED = Blocker("check_in.escort_name", "Who takes the patient home is not named", ("choice.x",))


def decision(
    fact: str = "09:50", outcome: Literal["go_on", "wait"] = "go_on", hold: str = "fasting.food"
) -> PrescriberDecision:
    about = Weighed(hold=hold, fact=fact, text="Food 10 min ago")
    return PrescriberDecision(decision=outcome, weighed=(about,), reason="A sip of broth")


def decided(*lines: PrescriberDecision) -> Log:
    return resolve(log(*((-5 + n, line) for n, line in enumerate(lines))), at(0)).log


def test_without_a_decision_everything_holds() -> None:
    found = resolve(log((-5, Note(text="Quiet"))), at(0)).log
    assert still_open([FOOD, UNASKED], found) == (FOOD, UNASKED)
    assert weighed([FOOD, UNASKED], found) == ()


def test_a_decision_to_go_on_opens_what_it_weighed_and_names_who_decided() -> None:
    found = decided(decision())
    assert still_open([FOOD, UNASKED], found) == (UNASKED,)
    (opened,) = weighed([FOOD, UNASKED], found)
    assert (opened.blocker, opened.by, opened.at, opened.reason) == (
        FOOD, "R. Okafor", at(-5), "A sip of broth",
    )  # fmt: skip


def test_another_fact_holds_again() -> None:
    assert still_open([FOOD], decided(decision(fact="08:00"))) == (FOOD,)


def test_another_hold_stays_whatever_its_fact() -> None:
    assert still_open([FOOD], decided(decision(hold="fasting.drink"))) == (FOOD,)


def test_the_newest_decision_counts() -> None:
    assert still_open([FOOD], decided(decision(), decision(outcome="wait"))) == (FOOD,)
    assert still_open([FOOD], decided(decision(outcome="wait"), decision())) == ()


def test_a_struck_decision_opens_nothing() -> None:
    struck = resolve(log((-5, decision()), (-4, strike(1))), at(0)).log
    assert still_open([FOOD], struck) == (FOOD,)


def test_what_has_no_fact_cannot_be_weighed() -> None:
    about = decision(hold=UNASKED.id, fact="None")
    assert still_open([UNASKED], decided(about)) == (UNASKED,)
