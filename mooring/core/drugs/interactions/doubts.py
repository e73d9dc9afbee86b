"""Words that leave a daily amount open wherever they stand, each with the reason as it is shown."""

from __future__ import annotations

import re

NUMBER = r"\d+(?:\.\d+)?"
MASS = r"(?:mgs?|milligrams?|mcgs?|ug|micrograms?|g|grams?)\b"
PIECE = r"(?:(?:tab|cap|pill)[a-z]*|bars?|wafers?)\b"
WORDS = {
    **{"one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
    **{"seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12},
}
SPELT = "|".join(sorted(WORDS, key=len, reverse=True))


def _any(*patterns: str) -> str:
    return rf"\b(?:{'|'.join(patterns)})(?!\w)"


OVER = _any(
    *("stopped", "discontinued", "dc'?d", r"d/c\w*", "quit", "no longer", "ran out", "used to"),
    *("not (?:currently )?(?:taking|on)", "isn't taking", "was on", r"previous\w*", r"former\w*"),
    *("past", "history of", "hx", "h/o", "ended", "finished", "completed", "weaned", "came off"),
    *("on hold", "held", "tried", "failed", "last (?:dose|took|taken)"),
)
"""That something ended or is past. Read as an end for any medicine, not for its amount alone."""
_NOT_TAKEN = _any(
    *(
        "hold",
        "off",
        "no",
        "not(?! stated| read)",
        "none",
        "never",
        r"\w+n't",
        "denie[sd]",
        "was",
        "were",
    ),
    *("prior", "history", r"declin\w*", r"refus\w*", r"allerg\w*", r"intoleran\w*"),
    *("overdose", "stops?", r"discontinu\w*", r"cancel\w*"),
)
_AS_NEEDED = _any(
    "(?:as|if|when|where|whenever) (?:needed|necessary|required|anxious)",
    *("prn", r"p\.r\.n", "p r n", "sos", "on demand", "if", "when", "whenever", "may", "can"),
    *("sometimes", r"occasional\w*", "rarely", "seldom", "si besoin", "au besoin", "si precisa"),
    *("si necesario", "segun necesidad", "a demanda", "bei bedarf", "al bisogno"),
)
_CHANGES = (
    r"\b(?:taper|titrat|increas|decreas|reduc|wean|lower|start|until|alternating|escalat)"
    r"|\b(?:then|next|(?:day|week) \d)\b"
)
_ONE_TIME = _any(
    *("took", "this (?:morning|evening)", "last night", "yesterday", "today", "tonight", "stat"),
    *("single", "loading"),
)
_OCCASION = _any(
    *("mri", "scan", "procedure", "surgery", "flights?", "flying", r"dent\w+", r"travel\w*"),
    *("appointments?", "sessions?", "infusions?", "treatments?", r"premed\w*"),
)
_SOME_DAYS = _any(
    "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?",
    "week(?:day|end)s?",
    "except",
)
_RANGE = (
    rf"(?:{NUMBER}|\b(?:{SPELT}|half))\s*(?:{MASS}|{PIECE})?\s*(?:-|to|or)\s*"
    rf"(?:{NUMBER}|{SPELT})\s*(?:{MASS}|{PIECE})"
)
_UNCERTAIN = "[?~<>\u2264\u2265]|" + _any(
    *("about", r"approx\w*", "roughly", "around", "usually", "average", "almost", "nearly"),
    *("unsure", "unknown", "unclear", "maybe", "possibly", "thinks", "less than", "more than"),
    "at least",
)
_MORE_WORDS = _any(
    *(
        "couple",
        "few",
        "several",
        "some",
        "most",
        "extra",
        "additional",
        "another",
        "again",
        "more",
    ),
    *(r"doubl\w*", "triple", r"split\w*", r"skip\w*", "miss(?:es|ed)", "both", "as directed"),
    r"da(?:y|ily)\s*(?:and|&|\+|plus)",
    "nightly.*weekly",
    "weekly.*nightly",
    r"(?:and|plus) (?:once )?(?:(?:every|each) )?da(?:y|ily)",
    r"(?:noon|after ?noon|lunch\w*)s? (?:at )?\d{1,2}(?::\d\d)?\s*p\.?m",
)
_TWO_CLOCKS = "|".join(rf"\d\s*{half}\.?m\b.*\d\s*{half}\.?m\b" for half in "ap")
"""Of two times of the clock in one half of the day only one would be counted."""
_ONE_MORE_RATE = (
    r"(?:&|\+|\band\b|\bplus\b)\s*(?:once\s+)?"
    r"(?:weekly|daily|(?:every|each) (?:day|other|week)|q\.?o\.?d|eod|q\.?d\b)"
)
"""Beside a time, a second one that may be the same dose or another."""
_ONE_OR_TWO_TIMES = r"(?<!\d)(?<!\d )\bq?pm\s+(?:nocte|q?hs)\b"
_AWAKE = r"\bw/a\b|" + _any("awake", "waking", "day ?time", "(?:during the|by) day")
"""The hours of sleep are left out, and nobody says how many they are."""
_PACKET = r"\b(?:1[1-9]|[2-9]\d|\d{3,})\s*x\s*\d"
"""More tablets than anyone takes at one time: what a packet holds."""
_CLOCK_OR_COUNT = r"(?<!at )(?<!@ )(?<!@)(?<![\d:.])\b[1-4]\s*[ap]\.?m\b"
"""One tablet in the morning, or one o'clock."""
_ANOTHER_LANGUAGE = _any(
    *("matin", "midi", "soir", "coucher", "jours?", "fois", "semaine", r"comprim\w*", "noche"),
    *("manana", "tarde", "dia", "diari[oa]", "veces", "vez", "cada", "semana", "abends?"),
    *("morgens?", "mittags?", "nachts?", "tag", "taglich", "sera", "giorno"),
)

_REASONS = (
    (f"{OVER}|{_NOT_TAKEN}", "it may not be taken any more"),
    (_AS_NEEDED, "taken as needed"),
    (_any("up to", "max", "maximum", "at most", "no more than"), "only an upper limit is written"),
    (_CHANGES, "the dose changes"),
    (_ONE_TIME, "one time is told, not how often"),
    (_OCCASION, "taken for an occasion"),
    (_SOME_DAYS, "taken on some days only"),
    (
        _any("divided", "in total", r"total(?!\s*\))"),
        "whether the amount is of a day or of one time is not said",
    ),
    ("unit not stated", "the unit of the dose is not stated"),
    ("amount not read", "the import holds an amount that was not read"),
    (
        r"\d,\d|\d\s+\d{3}\s*m?g\b|[a-z]\.\d",
        "a number is written that can be read in two ways",
    ),
    (r"\d\s*/\s*\d|(?:and|&) a half", "a fraction is written"),
    (
        _any("disp", "dispense", "qty", "quantity", "refills?", "supply", r"repeat\w*"),
        "more than the dose is written",
    ),
    (_PACKET, "more than the dose is written"),
    (_RANGE, "a range is written"),
    (_UNCERTAIN, "the amount is not written for certain"),
    (_MORE_WORDS, "how much or how often is written in words that were not read"),
    (_ONE_OR_TWO_TIMES, "how often is written in more than one way"),
    (_ONE_MORE_RATE, "how often is written in more than one way"),
    (_AWAKE, "how many hours of the day are meant is not written"),
    (_CLOCK_OR_COUNT, "a number is written that can be read in two ways"),
    (_TWO_CLOCKS, "more times of the clock are written than were read"),
    (_ANOTHER_LANGUAGE, "it is written in another language"),
)
_PATTERNS = tuple((re.compile(pattern), reason) for pattern, reason in _REASONS)


def doubt(words: str) -> str:
    """The first reason why the amount stays open; empty where nothing speaks against it.

    `words` is in lower case and without accents.
    """
    return next((reason for pattern, reason in _PATTERNS if pattern.search(words)), "")
