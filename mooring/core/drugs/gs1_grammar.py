"""Takes a scanned or typed GS1 text apart into its elements: identifiers with their values.

It comes in three ways: as a scanner sends it, one element after the other; as printed for people,
with the identifiers in brackets; and as an address of the web (GS1 Digital Link), which is read as
text and never fetched. Source: GS1 General Specifications, sections 3 and 7.8; GS1 Digital Link
URI Syntax. Where one way of reading is not the only one, the element is not `sure`.
"""

import re
from dataclasses import dataclass, replace

from mooring.core.drugs.gs1_identifiers import leading, table

SEPARATOR = "\x1d"
"""FNC1 as a scanner sends it."""
_OTHER_SEPARATORS = "|^~\u241d"
"""What scanners are set to send in its place. No value can hold one of them."""
_KIND_OF_BARCODE = re.compile(r"\][A-Za-z][0-9]")
_LINK = re.compile(r"https?://[^/?#]+(/[^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([0-9]{2,4})\)")
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})?")
_NAMED_SEPARATOR = re.compile(r"<(?:GS|FNC1)>", re.IGNORECASE)


@dataclass(frozen=True)
class Element:
    """One identifier with what was read as its value."""

    identifier: str
    value: str
    sure: bool = True
    """False where the value is not written as GS1 says, or may be another one."""
    may_hold_more: bool = False
    """True where a further element may be in the value, the separator before it lost."""

    @property
    def fits(self) -> bool:
        """True for a value written as GS1 says."""
        form = table().get(self.identifier)
        return form is not None and form.fits(self.value)


@dataclass(frozen=True)
class Scan:
    """All the elements of a text, in its order."""

    elements: tuple[Element, ...]
    whole: bool = True
    """False where a part of the text was not read as any element."""


def scan(text: str) -> Scan:
    """The elements that a text holds; those of a text that is no GS1 text mean nothing."""
    bare = without_kind(text).strip(SEPARATOR)
    link = _LINK.fullmatch(bare)
    if link:
        return _linked(link[1], link[2] or "")
    return _bracketed(bare) if bare.startswith("(") else _sent(bare)


def without_kind(text: str) -> str:
    """Without spaces and without what names the kind of barcode, as ]d2 or ]C1 does."""
    return _KIND_OF_BARCODE.sub("", "".join(text.split(" ")).strip(), count=1)


def _sent(bare: str) -> Scan:
    """As a scanner sends it, with FNC1 or with the one character that stands in for it.

    Such a character separates only where all that it leaves is written as GS1 says.
    """
    others = {each for each in bare if each in _OTHER_SEPARATORS}
    if len(others) == 1 and SEPARATOR not in bare:
        read = _running(bare.strip(_OTHER_SEPARATORS).replace(others.pop(), SEPARATOR))
        if read.whole and all(each.sure for each in read.elements):
            return read
    return _running(bare)


def _running(bare: str) -> Scan:
    stretches = [_stretch(each) for each in bare.split(SEPARATOR) if each]
    found = [each for elements, _ in stretches for each in elements]
    whole = all(unbroken for _, unbroken in stretches)
    if found and SEPARATOR not in bare:
        found[-1] = replace(found[-1], may_hold_more=_may_hold_more(found))
    return Scan(tuple(found), whole)


def _stretch(text: str) -> tuple[tuple[Element, ...], bool]:
    """The elements from one separator to the next, and whether they come out even.

    Where they do not, a character may be lost or too many, and no value of the stretch is sure.
    """
    found: list[Element] = []
    unbroken, rest = True, text
    while rest and unbroken:
        name = leading(rest)
        if name is None:
            return _unsure(found), False
        form, after = table()[name], rest[len(name) :]
        value = after[: form.length]
        rest = after[len(value) :]
        found.append(Element(name, value, sure=_is_written(name, value)))
        unbroken = form.length is None or form.fits(value)
    return (tuple(found), True) if unbroken else (_unsure(found), False)


def _unsure(found: list[Element]) -> tuple[Element, ...]:
    return tuple(replace(each, sure=False) for each in found)


def _is_written(name: str, value: str) -> bool:
    """Whether a value is written as GS1 says, without a separator spelled out in it."""
    return table()[name].fits(value) and _NAMED_SEPARATOR.search(value) is None


def _may_hold_more(found: list[Element]) -> bool:
    """Whether the last element, of no fixed length, could end in others of identifiers not met."""
    *_, last = found
    if not last.sure or _has_length(last):
        return False
    met = {each.identifier for each in found}
    text = last.value
    reads_on = {len(text)}
    for at in reversed(range(1, len(text))):
        name = leading(text[at:])
        if name is not None and name not in met:
            form, start = table()[name], at + len(name)
            if any(form.fits(text[start:end]) for end in reads_on):
                reads_on.add(at)
    return len(reads_on) > 1


def _bracketed(bare: str) -> Scan:
    """As printed for people: (01)…(17)…(10)…

    A lot may hold brackets of its own. What stands in them and could be an identifier, but has no
    value of its own behind it, leaves both it and what stands before it unsure.
    """
    parts = _IN_BRACKETS.split(bare)[1:]
    found: list[Element] = []
    whole = True
    for name, written in zip(parts[::2], parts[1::2], strict=True):
        value = written.strip(SEPARATOR + _OTHER_SEPARATORS)
        sure = name in table() and _is_written(name, value)
        if found and not sure:
            found[-1] = replace(found[-1], sure=found[-1].sure and _has_length(found[-1]))
        if name in table():
            found.append(Element(name, value, sure))
        else:
            whole = False
    return Scan(tuple(found), whole)


def _has_length(element: Element) -> bool:
    return table()[element.identifier].length is not None


def _linked(path: str, query: str) -> Scan:
    """As an address of the web: …/01/…/10/…?17=…

    Before the product stand any words of the host's own; behind it pairs alone. A name in the
    query that is no number is the host's own as well.
    """
    steps = path.strip("/").split("/")
    starts = [n for n, step in enumerate(steps[:-1]) if step == "01" and _is_number(steps[n + 1])]
    if not starts:
        return Scan(())
    behind = steps[starts[0] :]
    asked = [each.partition("=") for each in re.split("[&;]", query)]
    named = [(name, value) for name, _, value in asked if name.isascii() and name.isdigit()]
    pairs = [*zip(behind[::2], behind[1::2], strict=False), *named]
    found = tuple(_of_link(name, value) for name, value in pairs if name in table())
    return Scan(found, len(behind) % 2 == 0 and len(found) == len(pairs))


def _of_link(name: str, written: str) -> Element:
    value = _plain(written)
    if name == "01" and _is_number(value):
        value = value.zfill(14)
    return Element(name, value, _is_written(name, value))


def _is_number(text: str) -> bool:
    """Whether a text can be a product's number: in an address its zeros may be left out."""
    return re.fullmatch(r"[0-9]{12,14}", text) is not None


def _plain(written: str) -> str:
    """What %2F and the like stand for; nothing where a % stands alone."""
    if any(code is None for code in (each[1] for each in _ESCAPED.finditer(written))):
        return ""
    return _ESCAPED.sub(lambda each: chr(int(each[1], 16)), written)
