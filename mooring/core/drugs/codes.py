"""Reads a typed NDC or a scanned barcode, and says which product it names.

A US drug code (NDC) has a labeller, a product and a package. It is printed with hyphens as 4-4-2,
5-3-2 or 5-4-1 digits, or filled up with zeros to 5-4-2, and barcodes hold its ten digits between
a prefix and a check digit (UPC-A, EAN-13, GTIN-14, the (01) of a GS1 string). Labeller and product
decide the drug and its strength; the package decides how much is in it.
"""

import re
from dataclasses import dataclass

from mooring.core.drugs.gs1 import NATIONAL_CODE, PRODUCT, check_digit_fits, elements
from mooring.core.drugs.gs1_grammar import without_kind
from mooring.core.drugs.products import Injectable, Product, Vial, products

_HYPHENATED = re.compile(r"([0-9]{4,5})-([0-9]{3,4})(?:-([0-9]{1,2}))?")
_SHAPES = {(4, 4, 2), (5, 3, 2), (5, 4, 1), (5, 4, 2), (4, 4, 0), (5, 3, 0), (5, 4, 0)}
_BARCODE = re.compile(r"[0-9]{12,14}")
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
)
"""What word processors and labels put in place of a hyphen."""
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " "))
_CALLED_NDC = re.compile(r"^NDC(?:CODE|NUMBER|NO\.?)?[:#.-]*", re.IGNORECASE)
_HOLDS_ELEMENTS = re.compile(r"\](?:d2|C1|Q3|e0|J1)")
"""The kinds of barcode that hold a GS1 element string and nothing else."""


class ForeignCodeError(ValueError):
    """A whole barcode of something that is no US drug."""


@dataclass(frozen=True)
class Reading:
    """What a code names. `product` is None when it was not recognised, and `said` says why."""

    text: str
    product: Product | None
    vial: Vial | None
    """The size of vial; None when the package is not among the verified ones, or it has none."""
    said: str
    is_code: bool = True
    """False when the text is no code of anything: a slip of the scanner or the hand."""


def by_code(text: str) -> Reading:
    """The product that a typed NDC (hyphens or not) or a scanned barcode names."""
    try:
        readings = _readings("".join(text.translate(_SPACES).split(" ")).strip())
    except ValueError as problem:
        foreign = isinstance(problem, ForeignCodeError)
        return Reading(text, None, None, str(problem), is_code=foreign)
    for product in products():
        for code in product.codes:
            named = [each for each in readings if each.startswith(_filled(code))]
            if named:
                return _recognised(text, product, named[0])
    return Reading(text, None, None, _unknown(text))


def _recognised(text: str, product: Product, ndc: str) -> Reading:
    if not isinstance(product, Injectable):
        return Reading(text, product, None, f"{product.name}.")
    for vial in product.vials:
        if vial.ndc and _filled(vial.ndc) == ndc:
            held = f"{product.held_in(vial).text()} in {vial.volume.text()}"
            return Reading(text, product, vial, f"{product.name}: the full vial holds {held}.")
    said = f"{product.name}. Its package is not among the verified ones: read the vial's volume."
    return Reading(text, product, None, said)


def _unknown(text: str) -> str:
    return (
        f'"{text.strip()[:40]}" was read, but names no product known here. It was not checked: '
        "compare drug and strength with the label itself."
    )


def _readings(typed: str) -> tuple[str, ...]:
    """The NDCs, filled up to 11 digits, that the text can stand for; else ValueError."""
    if not typed:
        raise ValueError("Nothing was scanned or typed.")
    found = elements(typed)
    if found:
        return _in_elements(found)
    bare = typed if _HOLDS_ELEMENTS.match(typed) else without_kind(typed)
    return _in_number(_CALLED_NDC.sub("", bare.translate(_DASHES), count=1), typed)


def _in_elements(found: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The NDCs of the one product that a GS1 code names."""
    named = {value for name, value in found if name == PRODUCT}
    if len(named) > 1:
        raise ValueError("This scan names two products: scan one package at a time.")
    readings = _ten_digits(_inside_barcode(named.pop()))
    for name, value in found:
        if name == NATIONAL_CODE and not set(readings) & set(_in_number(value, value)):
            raise ValueError("This scan names two products: read the NDC on the label.")
    return readings


def _in_number(number: str, typed: str) -> tuple[str, ...]:
    """The NDCs that a number alone can stand for, with hyphens or without, or in a barcode."""
    if _HYPHENATED.fullmatch(number):
        return (_filled(number),)
    if _BARCODE.fullmatch(number):
        return _ten_digits(_inside_barcode(number))
    if re.fullmatch(r"[0-9]{11}", number):
        return (number,)
    if re.fullmatch(r"[0-9]{10}", number):
        return _ten_digits(number)
    raise ValueError(
        f'"{typed[:40]}" is not a drug code. An NDC has 10 or 11 digits, for example '
        "42023-113-10; a barcode has 12 to 14 digits, or begins with (01)."
    )


def _filled(hyphenated: str) -> str:
    """An NDC as 5-4-2 digits without hyphens; 9 digits when it names no package."""
    parts = _HYPHENATED.fullmatch(hyphenated)
    labeller, product, package = parts.groups(default="") if parts else ("", "", "")
    if (len(labeller), len(product), len(package)) not in _SHAPES:
        raise ValueError(
            f'"{hyphenated}" is not an NDC: its parts have 4-4-2, 5-3-2, 5-4-1 or 5-4-2 digits.'
        )
    return labeller.zfill(5) + product.zfill(4) + (package.zfill(2) if package else "")


def _ten_digits(ndc: str) -> tuple[str, ...]:
    """Ten digits without hyphens stand for up to three codes; at most one of them exists."""
    return ("0" + ndc, ndc[:5] + "0" + ndc[5:], ndc[:9] + "0" + ndc[9:])


def _inside_barcode(digits: str) -> str:
    """The ten digits of the NDC in a barcode of 12 to 14 digits."""
    number = digits.zfill(14)
    if not check_digit_fits(number):
        raise ValueError(
            f'The last digit of "{digits}" does not fit the others: scan or type it again.'
        )
    if number[1:3] != "03":
        raise ForeignCodeError(f'"{digits}" is a barcode, but not of a US drug: it holds no NDC.')
    return number[3:13]
