"""Machine names in what people read: ids with underscores or dots, which nobody says aloud."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MACHINE_NAME = re.compile(
    r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b|\b[a-z][a-z0-9-]+\.[a-z0-9][a-z0-9.-]*\b"
)
UNREAD = frozenset(["script", "style", "template"])
HOSTS = re.compile(r"\b[a-z0-9.-]+\.(?:org|com|uk|gov|test)\b")


class Reader(HTMLParser):
    """The text of a page as people see or hear it, with what is told on hover."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave out scripts; keep labels and titles."""
        self.unread += tag in UNREAD
        told = (value for name, value in attrs if name in ("title", "aria-label", "alt") and value)
        self.said.extend(told)

    def handle_endtag(self, tag: str) -> None:
        """A script ends."""
        self.unread -= tag in UNREAD

    def handle_data(self, data: str) -> None:
        """What stands there."""
        if not self.unread:
            self.said.append(data)


def read(html: str) -> str:
    """A page as one text."""
    reader = Reader()
    reader.feed(html)
    return " \n".join(reader.said)


def machine_names(text: str) -> set[str]:
    """The ids that stand in a text."""
    return set(MACHINE_NAME.findall(HOSTS.sub("", text)))
