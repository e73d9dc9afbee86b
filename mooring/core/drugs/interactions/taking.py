"""What an entry's words say about whether the medicine is taken: a denial, an allergy, an end.

A denial counts only where every other word of the entry is a name or one of a few that add nothing:
"denies benzodiazepines" is one, "denies side effects of lorazepam" is none.
"""

from __future__ import annotations

import re
from enum import StrEnum

from mooring.core.drugs.interactions.doubts import OVER
from mooring.core.drugs.interactions.names import Words, words


class Taking(StrEnum):
    """What the words say. An entry that says nothing counts as taken."""

    NOT_SAID_OTHERWISE = "not-said-otherwise"
    MAY_BE_OVER = "may-be-over"
    """Something ended, or is past. It still counts: when the last dose was is not known."""
    DENIED = "denied"
    ALLERGY = "allergy"

    @property
    def counts(self) -> bool:
        """False for a denial and for an allergy: nothing follows from the medicine named."""
        return self not in {Taking.DENIED, Taking.ALLERGY}


_DENIALS = frozenset({"denies", "denied", "denying", "no", "never", "doesn't", "don't"})
_ALLERGIES = frozenset(
    {
        *("allergy", "allergies", "allergic", "anaphylaxis", "intolerance", "intolerances"),
        *("intolerant", "hypersensitivity", "allergen", "allergens"),
    }
)
_NO_ALLERGIES = frozenset({"nkda", "nka", "nkma"})
"""Alone these say nothing of a medicine; "NKDA. Allergic to diazepam" is an allergy."""
_ONE_AFTER_ALL = frozenset({"except", "no", "none", "for"})
"""Beside "except": "NKDA except diazepam"."""
_OTHER_ALLERGENS = frozenset(
    {
        *("pcn", "sulfa", "latex", "egg", "eggs", "nut", "nuts", "peanut", "peanuts", "shellfish"),
        *(
            "contrast",
            "dye",
            "iodine",
            "adhesive",
            "tape",
            "pollen",
            "soy",
            "milk",
            "bee",
            "stings",
        ),
    }
)
_NOTHING_MORE = frozenset(
    {
        *("any", "use", "uses", "used", "using", "take", "takes", "taken", "taking", "drink"),
        *("drinks", "of", "or", "and", "nor", "the", "to", "current", "currently", "other", "all"),
        *("recreational", "illicit", "medication", "medications", "medicine", "medicines", "drug"),
        *("drugs", "at", "patient", "pt", "known", "is", "supplements", "products"),
    }
)
_REACTIONS = frozenset(
    {
        *("reaction", "reactions", "adverse", "severe", "mild", "hives", "rash", "itching", "itch"),
        *("swelling", "nausea", "vomiting", "angioedema", "causes", "caused", "unknown"),
        *("moderate", "childhood", "hypotension", "wheezing", "dyspnea", "urticaria", "confirmed"),
    }
)
_OVER = re.compile(OVER)
_YEAR = re.compile(r"(?:19|20)\d\d")


def taking(text: str, dose: str, left: Words) -> Taking:
    """What the words say. `left` holds the words of the text that are no medicine's name."""
    if _is_an_allergy((*left, *words(dose))):
        return Taking.ALLERGY
    if not dose.strip() and _is_a_denial(left):
        return Taking.DENIED
    plain = f"{text} ; {dose}".casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return Taking.MAY_BE_OVER if _OVER.search(plain) else Taking.NOT_SAID_OTHERWISE


def _is_a_denial(left: Words) -> bool:
    said = _saying(left)
    return len(said) == 1 and said[0] in _DENIALS


def _is_an_allergy(left: Words) -> bool:
    """True where every word belongs to an allergy; a year tells when it was."""
    said = {word for word in _saying(left) if not _YEAR.fullmatch(word)}
    after_all = _ONE_AFTER_ALL if "except" in said else frozenset[str]()
    named = said & (_ALLERGIES | _NO_ALLERGIES if after_all else _ALLERGIES)
    belonging = _ALLERGIES | _NO_ALLERGIES | _REACTIONS | _OTHER_ALLERGENS | after_all
    return bool(named) and said <= belonging


def _saying(left: Words) -> list[str]:
    return [word for word in left if word not in _NOTHING_MORE]
