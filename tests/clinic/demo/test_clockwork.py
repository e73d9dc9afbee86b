"""Stories take turns by their moments."""

from datetime import UTC, datetime, timedelta

from mooring.clinic.demo.clockwork import play

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(minute):
    return START + timedelta(minutes=minute)


def telling(log, name, minutes):
    for minute in minutes:
        yield at(minute)
        log.append((minute, name))


def test_stories_go_on_in_the_order_of_their_moments():
    log = []
    play([telling(log, "ann", [0, 5, 9]), telling(log, "ben", [2, 6])], until=at(60))
    assert log == [(0, "ann"), (2, "ben"), (5, "ann"), (6, "ben"), (9, "ann")]


def test_nothing_happens_that_a_story_wants_after_the_end():
    log = []
    play([telling(log, "ann", [0, 5, 9])], until=at(5))
    assert log == [(0, "ann"), (5, "ann")]


def test_progress_hears_every_moment():
    heard = []
    play([telling([], "ann", [0, 5])], until=at(60), progress=heard.append)
    assert heard == [at(0), at(5)]
