"""The page on what carries each statement: docs/evidence-coverage.md."""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.coverage import Asks, By, Carrier, Coverage, System, statements, systems

HEAD = """# What carries each statement
`mooring evidence coverage` counts what carries the 275 statements of the founding documents: a
rule of a policy, a screen, a passage of the handbook that tells it, or nothing. A rule or a screen
counts only with tests that show it; somebody has read them, and a test fails where one is not
there. A statement is counted once, by what holds it most. That the handbook tells it does not mean
that Mooring does it. This page is written by `tools/evidence-coverage` from the evidence itself.
"""

SYSTEMS = """## System by system
What each system of the documents has, and what it leaves out.
"""

EACH = """## Statement by statement
An id is that of the claim, which says the statement in our words. Where only the handbook tells
it, the passages are named.

| statement | carried by | what is shown | by the tests |
|---|---|---|---|"""


def page(base: EvidenceBase, found: Coverage) -> str:
    """The whole page."""
    return "\n".join(
        [
            *(HEAD, *_counts(found), ""),
            *(SYSTEMS, *map(_system, systems()), ""),
            *(EACH, *(_row(name, base, found) for name in found.carriers), ""),
        ]
    )


def _counts(found: Coverage) -> Iterator[str]:
    kinds = statements()
    yield f"| carried by | {' | '.join(kind.in_words for kind in Asks)} | all |"
    yield f"|---|{'---|' * (len(Asks) + 1)}"
    for by in (*By, None):
        each = [
            sum(found.first(name) is by for name, asks in kinds.items() if asks is kind)
            for kind in Asks
        ]
        yield f"| {in_words(by)} | {' | '.join(map(str, each))} | {found.count(by)} |"


def in_words(by: By | None) -> str:
    """What carries it, as a line of a count names it."""
    names = {
        By.RULE: "a rule",
        By.SCREEN: "a screen",
        By.PASSAGE: "a handbook passage alone",
        None: "nothing",
    }
    return names[by]


def _system(system: System) -> str:
    told = " ".join(one.says for one in system.carries)
    if not told:
        nothing = "No rule and no screen carries one of its statements."
        told = nothing if system.statements else "It rests on whole documents."
    left = f" *Left out:* {system.waits}" if system.waits else ""
    return f"- **{system.title}.** {told}{left}"


def _row(name: str, base: EvidenceBase, found: Coverage) -> str:
    carriers = found.carriers[name]
    strong = [one for one in carriers if one.by is found.first(name)]
    kept_out = " (kept out of every rule)" if base.claim(name).excluded else ""
    says = " ".join(dict.fromkeys(one.says for one in strong))
    return f"| {name} | {in_words(found.first(name))}{kept_out} | {says} | {_tests(strong)} |"


def _tests(carriers: list[Carrier]) -> str:
    named = dict.fromkeys(test for one in carriers for test in one.shown_by)
    return ", ".join(f"`{test.rpartition('::')[2]}`" for test in named)
