"""How a patient walks through the pages of a personal link, in a test client."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.clinic.measures.steps import ITEMS


def address(token: str, part: object = "") -> str:
    """A page of the link: its first one, a question by number, "check" or "done"."""
    return f"/scales/a/{token}/{part}/" if part != "" else f"/scales/a/{token}/"


def begin(client: Client, token: str) -> Any:
    """Tap "Start" or "Go on"."""
    return client.post(address(token), follow=True)


def answer_all(client: Client, token: str, answers: dict[str, Any]) -> Any:
    """Start, and answer all nine questions; "none" leaves one out. Gives the page to look over."""
    page = begin(client, token)
    for number, item in enumerate(ITEMS, 1):
        page = client.post(address(token, number), {"value": str(answers[item])}, follow=True)
    return page


def send(client: Client, token: str) -> Any:
    """Tap "Send my answers"."""
    return client.post(address(token, "check"), follow=True)


def sent(client: Client, token: str, answers: dict[str, Any]) -> Any:
    """The whole way; gives the page that comes after sending."""
    answer_all(client, token, answers)
    return send(client, token)
