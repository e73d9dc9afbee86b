"""The forms of a page as a browser would send them untouched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


@dataclass
class PageForm:
    """One form, with what stands in it."""

    method: str
    action: str
    """Empty: the page itself."""
    name: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """Of everything that can be filled in or chosen, buttons included."""

    def first(self, name: str) -> str | None:
        """What stands in a field; None where the form has no such field."""
        return next((value for each, value in self.fields if each == name), None)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.inside: PageForm | None = None
        self.text: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        about = dict(attrs)
        if tag == "form":
            self.inside = PageForm(
                (about.get("method") or "get").lower(),
                about.get("action") or "",
                about.get("id") or "",
            )
            self.forms.append(self.inside)
        elif self.inside is not None:
            self._field(tag, about)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "textarea":
            self.text = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data: str) -> None:
        if self.text is not None and self.inside is not None:
            name, before = self.inside.fields.pop()
            self.inside.fields.append((name, before + data.removeprefix("\n")))

    def _field(self, tag: str, about: dict[str, str | None]) -> None:
        assert self.inside is not None
        name, value = about.get("name"), about.get("value") or ""
        self.inside.names.add(name or "")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in about:
            self.inside.fields.append((self.select, value))
        elif name is None or "disabled" in about:
            return
        elif tag == "textarea":
            self.text = name
            self.inside.fields.append((name, ""))
        elif tag == "input" and _sent(about):
            self.inside.fields.append((name, value or ("on" if _choice(about) else "")))


def _choice(about: dict[str, str | None]) -> bool:
    return about.get("type") in {"checkbox", "radio"}


def _sent(about: dict[str, str | None]) -> bool:
    if _choice(about):
        return "checked" in about
    return about.get("type") not in {"submit", "button", "file", "image", "reset"}


def forms_of(page: str) -> list[PageForm]:
    """Every form of a page, in its order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def writing_forms(page: str) -> Iterator[PageForm]:
    """Those that are posted."""
    return (form for form in forms_of(page) if form.method == "post")
