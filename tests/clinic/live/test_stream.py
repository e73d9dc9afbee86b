"""A page that follows a topic hears within two seconds that something changed, and never what."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection, transaction

from mooring.clinic.live import views
from mooring.clinic.live.hub import hint, hint_all, notify, open_streams
from tests.support.server import wait_for
from tests.support.streams import Stream

SOON = 2.0
TOPIC = "session:0190a000-0000-7000-8000-000000000001"


@pytest.fixture
def cookie(asgi_server, bob, signed_in) -> str:
    return signed_in(bob).cookies["sessionid"].value


@pytest.fixture
def follow(asgi_server, cookie):
    """`follow(topic)` is an open stream that has heard its first event."""
    opened: list[Stream] = []

    def open_stream(topic: str, **headers: str) -> Stream:
        stream = Stream(asgi_server, cookie, topic, **headers)
        opened.append(stream)
        stream.first = stream.next()
        if connection.vendor == "postgresql" and len(opened) == 1:
            stream.next()  # the ear for other processes opens with a hint of its own
        return stream

    yield open_stream
    for stream in opened:
        stream.close()


def test_two_pages_hear_of_a_change_soon(follow):
    streams = [follow(TOPIC), follow(TOPIC)]
    start = time.monotonic()
    notify(TOPIC)
    for stream in streams:
        assert stream.next() - start < SOON


def test_a_page_that_follows_something_else_is_left_alone(follow):
    other = follow("today")
    notify(TOPIC)
    with pytest.raises(queue.Empty):
        other.next(0.3)


def test_the_first_event_makes_a_page_read_what_it_missed(follow):
    assert follow(TOPIC).first is not None


def test_an_event_carries_nothing_but_that_it_happened(follow):
    stream = follow(TOPIC)
    notify(TOPIC)
    stream.next()
    assert set(stream.lines) <= {b"event: hint\n", b"event: beat\n", b"data: \n", b"\n"} | {
        b"retry: 2000\n"
    }


def test_nobody_hears_of_a_change_before_it_is_committed(follow):
    stream = follow(TOPIC)
    with transaction.atomic():
        notify(TOPIC)
        with pytest.raises(queue.Empty):
            stream.next(0.3)
    stream.next()


def test_a_change_that_was_undone_is_not_heard_of(follow):
    stream = follow(TOPIC)
    with suppress(ZeroDivisionError), transaction.atomic():
        notify(TOPIC)
        raise ZeroDivisionError
    with pytest.raises(queue.Empty):
        stream.next(0.3)


def until_quiet(stream):
    """A line to the database that has just come up wakes everyone once more."""
    with suppress(queue.Empty):
        while True:
            stream.next(0.5)


def test_a_call_for_attention_is_heard_like_any_change(asgi_server, cookie):
    stream = Stream(asgi_server, cookie, "attention")
    stream.next()
    until_quiet(stream)
    notify(TOPIC)
    with pytest.raises(queue.Empty):
        stream.next(0.5)
    notify("attention")
    stream.next()
    hint_all()
    stream.next()
    stream.close()


def test_no_proxy_and_no_browser_keeps_a_stream(follow):
    headers = follow(TOPIC).answer.headers
    assert headers["Content-Type"].startswith("text/event-stream")
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Accel-Buffering"] == "no"
    assert headers["Content-Encoding"] is None


def test_a_silent_stream_says_that_it_is_still_there(follow, monkeypatch):
    monkeypatch.setattr(views, "BEAT_SECONDS", 0.2)
    stream = follow(TOPIC)
    wait_for(lambda: stream.beats >= 2, 5)


def test_a_stream_ends_after_a_while_so_that_permission_is_asked_again(follow, monkeypatch):
    monkeypatch.setattr(views, "LONGEST_SECONDS", 0.2)
    monkeypatch.setattr(views, "BEAT_SECONDS", 0.1)
    stream = follow(TOPIC)
    wait_for(lambda: stream.ended, 5)


def test_a_page_that_leaves_frees_its_stream(follow):
    stream = follow(TOPIC)
    assert open_streams() == 1
    stream.close()
    wait_for(lambda: open_streams() == 0, 5)


def test_a_slow_reader_does_not_hold_up_the_writer(follow):
    follow(TOPIC)
    start = time.monotonic()
    for _ in range(200):
        notify(TOPIC)
    assert time.monotonic() - start < SOON


@pytest.mark.parametrize(
    ("person", "topic", "status"),
    [
        ("bob", TOPIC, 200),
        ("tara", "today", 200),
        ("ray", TOPIC, 403),
        ("pat", "today", 403),
        ("charlie", "today", 403),
        ("bob", "elsewhere", 404),
        ("bob", "session:1", 404),
        ("bob", "session:' OR 1=1", 404),
        ("bob", "", 404),
    ],
)
def test_whoever_may_not_see_it_may_not_follow_it(request, signed_in, person, topic, status):
    user = request.getfixturevalue(person)
    answer = signed_in(user).get("/live/", {"topic": topic} if topic else {})
    assert answer.status_code == status


def test_nobody_follows_without_signing_in(client, clinic_row):
    assert client.get("/live/?topic=today").status_code == 302


def test_sixty_open_streams_hold_no_database_connection(follow, asgi_server):
    # Servers of earlier tests may have left threads behind, each with a connection of its own.
    before = open_connections()
    streams = [follow(TOPIC) for _ in range(60)]
    assert open_streams() == 60
    more = open_connections() - before
    assert more < 45, "one for each thread at most (32), never one for each stream"
    start = time.monotonic()
    notify(TOPIC)
    heard = [stream.next() for stream in streams]
    assert max(heard) - start < SOON


def open_connections() -> int:
    """Connections to the database that this process holds now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            )
            return int(cursor.fetchone()[0])
    return open_files(str(connection.settings_dict["NAME"]))


def open_files(name: str) -> int:
    """How often this process has a file open."""
    count = 0
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            count += str(descriptor.readlink()) == name
        except FileNotFoundError:
            continue
    return count


def test_hints_come_from_any_thread(follow):
    stream = follow(TOPIC)
    threads = [threading.Thread(target=hint, args=[TOPIC]) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stream.next()
