"""Periodic work: done when it is due, by one process, never in the server's way."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from mooring.clinic.chores import Chore, registry
from mooring.clinic.chores.lead import Lead
from mooring.clinic.chores.models import ChoreState
from mooring.clinic.chores.running import ask_for, do_if_due, doing_chores

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def state() -> ChoreState:
    return ChoreState.objects.get(name="sweep")


@pytest.fixture
def begun() -> list[datetime]:
    return []


@pytest.fixture
def sweep(begun) -> Chore:
    def do(now: datetime) -> str:
        begun.append(now)
        return f"{len(begun)} rooms swept"

    return Chore("sweep", 5 * MINUTE, do)


def test_a_chore_is_done_at_first_and_then_once_an_interval(db, sweep, begun):
    for minute in range(12):
        do_if_due(sweep, NOON + minute * MINUTE)
    assert begun == [NOON, NOON + 5 * MINUTE, NOON + 10 * MINUTE]
    assert (state().succeeded_at, state().said) == (NOON + 10 * MINUTE, "3 rooms swept")


def test_what_one_process_did_another_does_not_do_again(db, sweep, begun):
    assert do_if_due(sweep, NOON)
    other = Chore("sweep", sweep.every, sweep.do)
    assert not do_if_due(other, NOON + 4 * MINUTE)
    assert begun == [NOON]


def test_a_failed_chore_is_kept_in_words_and_tried_again(db, caplog):
    fails = Chore("sweep", 5 * MINUTE, lambda now: 1 / 0)
    do_if_due(fails, NOON)
    assert (state().failed_at, state().trouble) == (NOON, "division by zero")
    assert state().succeeded_at is None
    assert "The chore sweep failed." in caplog.text
    do_if_due(Chore("sweep", 5 * MINUTE, lambda now: ""), NOON + 5 * MINUTE)
    assert (state().trouble, state().failed_at) == ("", NOON)
    assert state().succeeded_at == NOON + 5 * MINUTE


def test_a_run_that_found_nothing_to_do_is_none_that_succeeded(db):
    do_if_due(Chore("sweep", 5 * MINUTE, lambda now: 1 / 0), NOON)
    do_if_due(Chore("sweep", 5 * MINUTE, lambda now: None), NOON + 5 * MINUTE)
    assert (state().trouble, state().succeeded_at) == ("division by zero", None)


def test_a_clock_that_was_ahead_does_not_stop_chores(db, sweep, begun):
    do_if_due(sweep, NOON + timedelta(days=365))
    assert do_if_due(sweep, NOON), "the clock was put right"
    assert len(begun) == 2


def test_a_chore_that_is_asked_for_is_done_before_its_interval(db, sweep, begun):
    do_if_due(sweep, NOON)
    ask_for("sweep")
    assert do_if_due(sweep, NOON + MINUTE)


def test_only_one_server_does_chores_and_the_next_takes_over_when_it_ends(db):
    first, second = Lead(), Lead()
    assert first.held()
    assert not second.held()
    assert first.held()
    first.give_up()
    assert second.held()
    assert not first.held()
    second.give_up()


def test_beside_a_server_a_failing_chore_harms_no_other(transactional_db, monkeypatch, caplog):
    done = threading.Event()
    chores = {
        "fails": Chore("fails", MINUTE, lambda now: 1 / 0),
        "sweep": Chore("sweep", MINUTE, lambda now: done.set()),
    }
    monkeypatch.setattr(registry, "_chores", chores)
    with doing_chores():
        assert done.wait(20)
    names = ["attend", *chores]
    assert not [thread for thread in threading.enumerate() if thread.name in names]
    assert ChoreState.objects.get(name="fails").trouble == "division by zero"


def test_a_server_whose_fellow_does_the_chores_does_none(
    transactional_db, monkeypatch, begun, sweep
):
    monkeypatch.setattr(registry, "_chores", {"sweep": sweep})
    fellow = Lead()
    assert fellow.held()
    with doing_chores():
        pass
    fellow.give_up()
    assert begun == []
