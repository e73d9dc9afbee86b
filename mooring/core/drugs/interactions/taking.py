"""What an entry's words say about whether the medicine is taken: a denial, an allergy, an end.

A denial counts only where every other word of the entry is a name or one of a few that add nothing:
"denies benzodiazepines" is one, "denies side effects of lorazepam" is none.
"""

from __future__ import annotations

import re
from enum import StrEnum

from mooring.core.drugs.interactions.doubts import OVER
from mooring.core.drugs.interactions.names import Words


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
_ALLERGIES = frozenset({"allergy", "allergies", "allergic", "anaphylaxis", "intolerance"})
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
    }
)
_OVER = re.compile(OVER)


def taking(text: str, dose: str, left: Words) -> Taking:
    """What the words say. `left` holds the words of the text that are no medicine's name."""
    if not dose.strip():
        said = _said_by_every_word(left)
        if said is not None:
            return said
    plain = f"{text} ; {dose}".casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return Taking.MAY_BE_OVER if _OVER.search(plain) else Taking.NOT_SAID_OTHERWISE


def _said_by_every_word(left: Words) -> Taking | None:
    said = [word for word in left if word not in _NOTHING_MORE]
    if said[:1] and said[0] in _DENIALS and len(said) == 1:
        return Taking.DENIED
    if set(said) & _ALLERGIES and set(said) <= _ALLERGIES | _REACTIONS:
        return Taking.ALLERGY
    return None
