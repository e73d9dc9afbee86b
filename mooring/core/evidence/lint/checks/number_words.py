"""A number that a sentence tells in words, and that no claim behind it has on record.

"Two thirds", "one in five", "twice a week" and "forty minutes" are numbers as 66 %, 20 %, 2 and 40
are, and a slip in a word is harder to see. Each statement is held against its own record, each
sentence of the handbook against the claims that it cites; there a bare count is left out, because
it may count what the text itself lists.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from mooring.core import handbook
from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.in_words import InWords, in_words
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.on_record import carries
from mooring.core.handbook.sentences import Sentence, marks, sentences


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Statements first, then the handbook's sentences, at the first claim that stands by each."""
    for claim in base.claims.values():
        for told in _untold(base, in_words(claim.statement), (claim.id,)):
            says = f"The statement says “{told.text}”, which is not on record."
            yield Finding("number_words", claim.id, says)
    known = base.claims.keys() | base.disagreements.keys()
    for text in _texts():
        # Evidence may be a part of the whole: a text is read where all that it cites is there.
        if known.issuperset(text.cited):
            yield from _in_text(base, text)


@dataclass(frozen=True)
class _Text:
    passage: str
    cited: tuple[str, ...]
    telling: tuple[tuple[tuple[str, ...], tuple[InWords, ...]], ...]
    """For each sentence what it cites, and what it tells in words."""


@cache
def _texts() -> tuple[_Text, ...]:
    """The handbook's texts that cite something."""
    texts = (
        _Text(passage.id, marks(text), tuple(map(_telling, sentences(text))))
        for passage in handbook.load().passages.values()
        for text in (passage.both, passage.clinician, passage.patient)
    )
    return tuple(text for text in texts if text.cited)


def _telling(sentence: Sentence) -> tuple[tuple[str, ...], tuple[InWords, ...]]:
    return sentence.marks, tuple(told for told in in_words(sentence.text) if told.measures)


def _in_text(base: EvidenceBase, text: _Text) -> Iterator[Finding]:
    for marked, telling in text.telling:
        own = tuple(name for name in marked if name in base.claims)
        for told in _untold(base, telling, own):
            says = (
                f"The handbook says “{told.text}” ({text.passage}), which no claim there carries."
            )
            beside = [name for name in (*own, *text.cited) if name in base.claims]
            yield from (Finding("number_words", name, says, own[1:]) for name in beside[:1])


def _untold(
    base: EvidenceBase, telling: Iterable[InWords], claims: tuple[str, ...]
) -> Iterator[InWords]:
    for told in telling:
        if not any(carries(base, base.claim(name), told) for name in claims):
            yield told
