"""What somebody says they took today, in their words: each thing apart, and what was not read.

"Six beers and cannabis" is two things. Words that are no name and no amount are shown as not
recognised: nothing that was said is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mooring.core.drugs.interactions.daily import Daily, amount_at_one_time, daily_amount
from mooring.core.drugs.interactions.names import words
from mooring.core.drugs.interactions.reading import FORMS, Entry, Read, names_and_rest, read

_BETWEEN = re.compile(r"\s*(?:[;\n+&]|,(?!\d)|\.\s+|\band\b|\bplus\b|\bthen\b|\balso\b)\s*", re.I)
_NOTHING = frozenset({"none", "nil", "nothing", "no", "0", "zero"})
_ADDS_NOTHING = frozenset(
    {
        *("a", "an", "the", "of", "at", "in", "on", "to", "by", "with", "for", "my", "her", "his"),
        *("i", "he", "she", "they", "was", "had", "has", "have", "took", "take", "taken", "takes"),
        *("drank", "drink", "drinks", "drunk", "smoked", "smoke", "used", "use", "ate", "got"),
        *("today", "tonight", "yesterday", "night", "last", "this", "morning", "evening", "noon"),
        *("afternoon", "midday", "breakfast", "lunch", "dinner", "bed", "bedtime", "ago", "before"),
        *("after", "around", "about", "since", "past", "early", "late", "just", "now", "usual"),
        *("usually", "dose", "doses", "daily", "once", "twice", "times", "x", "am", "pm", "hour"),
        *("hours", "h", "hr", "hrs", "min", "mins", "minute", "minutes", "half", "quarter", "one"),
        *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
        *("twelve", "couple", "few", "some", "only", "mg", "mgs", "mcg", "ug", "g", "ml", "units"),
        *("milligrams", "micrograms", "tab", "tabs", "cap", "caps", "pill", "pills", "small"),
        *("large", "big", "nothing", "but", "except", "than", "not", "or"),
        *("patient", "pt", "says", "said", "reports", "reported", "any", "other", "it", "is", "as"),
        *("prescribed", "from", "po", "oral", "orally", "water", "regular", "normal", "medicine"),
        *("medicines", "medication", "medications", "denies", "denied", "none", "no"),
    }
)
_MEASURES = frozenset(
    {
        *("glass", "glasses", "bottle", "bottles", "can", "cans", "pint", "pints", "shot", "shots"),
        *("joint", "joints", "gummy", "gummies", "line", "lines", "puff", "puffs", "hit", "hits"),
    }
)
"""How much of what stands beside them; alone they name something that nobody read."""


def says_nothing(text: str) -> bool:
    """True for "none" in any of the ways in which it is said: nothing was taken."""
    said = words(text)
    return bool(said) and said[0] in _NOTHING and set(said) <= _NOTHING | _ADDS_NOTHING


def parts(text: str) -> list[str]:
    """Each thing that is named, in its words. What names nothing belongs to the thing beside."""
    found: list[str] = []
    for part in filter(None, (piece.strip(" .") for piece in _BETWEEN.split(text))):
        if found and not (_could_name_something(part) and _could_name_something(found[-1])):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def read_taken(entry: Entry) -> tuple[Read, tuple[str, ...]]:
    """One thing that was taken today, and its words that nobody read.

    What is said of one time today is all of it: no frequency is needed for its amount.
    """
    found = read(entry)
    return replace(found, daily=_amount(entry)), tuple(unread(entry.text))


def unread(text: str) -> Iterator[str]:
    """The words that are no known name, no amount and no time."""
    known, rest = names_and_rest(text)
    beside = _MEASURES if known else frozenset[str]()
    for word in rest:
        if len(word) > 1 and not word[0].isdigit() and word not in _ADDS_NOTHING | FORMS | beside:
            yield word


def _could_name_something(part: str) -> bool:
    known, _ = names_and_rest(part)
    return bool(known) or any(True for _ in unread(part))


def _amount(entry: Entry) -> Daily:
    known = daily_amount(entry.text, entry.dose)
    return known if known.mg is not None else amount_at_one_time(entry.text, entry.dose)
