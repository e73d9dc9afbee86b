"""A start judged anew: what was corrected or added since would have held it.

What happened is never refused or taken back. Where a corrected baseline, check-in or other fact
from before the start shows that it should have been held, that is said until somebody has seen it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mooring.core.protocols.starting.evaluate import held
from mooring.core.session.alerts import policy_alerts
from mooring.core.session.chart import Chart, chart
from mooring.core.session.entries import AlertSeen, Content, Correction, Entry, GivesDrug
from mooring.core.session.policies import SessionPolicies
from mooring.core.session.rule_names import OWN_RULES
from mooring.core.session.standing import Log, Standing, of, resolve
from mooring.core.session.view import Alert, Blocker, Plan

RULE = "start_would_be_held"
CLAIMS = ("choice.given-against-order",)


def judged_anew(
    policies: SessionPolicies, plan: Plan, entries: Sequence[Entry], seen: Chart
) -> tuple[Alert, ...]:
    """One call for the start of this session, where what is known now would have held it."""
    if seen.giving is None:
        return ()
    start = _Start(policies, plan, entries, seen.now, seen.giving.start)
    later = start.written_later()
    if not later or start.log(start.moment.written) == start.log(None):
        return ()
    then = {_key(blocker) for blocker in start.open(start.moment.written)}
    new = [blocker for blocker in start.open(None) if _key(blocker) not in then]
    return (_alert(start, new, _since(start, later), seen),) if new else ()


@dataclass(frozen=True)
class _Start:
    """The first drug of a session, and the log around it."""

    policies: SessionPolicies
    plan: Plan
    entries: Sequence[Entry]
    now: datetime
    moment: Standing[Content]

    def written_later(self) -> list[int]:
        """Sequences, the newest first, of what came after it and may speak of the time before."""
        return sorted(
            (
                entry.sequence
                for entry in self.entries
                if entry.sequence > self.moment.written
                and (isinstance(entry.content, Correction) or entry.effective_at < self.moment.at)
            ),
            reverse=True,
        )

    def log(self, upto: int | None) -> Log:
        """What stands before it by the entries before sequence `upto`; by all of them for None.

        Drug that was struck since is left out: then too, this is judged as the first.
        """
        known = [e for e in self.entries if upto is None or e.sequence < upto]
        before = (s for s in resolve(known, self.now).log if s.order < self.moment.order)
        return tuple(s for s in before if not isinstance(s.content, GivesDrug))

    def open(self, upto: int | None) -> tuple[Blocker, ...]:
        """What holds a start at its time, by the same entries."""
        before = chart(self.log(upto), self.moment.at, len(self.plan.doses))
        rules = policy_alerts(self.policies.stopping, before)
        return held(self.policies.starting, before, rules, self.plan.route).open


def _key(blocker: Blocker) -> tuple[str, str | None]:
    return blocker.id, blocker.fact


def _since(start: _Start, later: list[int]) -> int:
    """The sequence of the entry that last changed what would have held the start.

    There is one: what holds it by all entries is not what held it then.
    """
    return next(each for each in later if start.open(each) != start.open(each + 1))


def _alert(start: _Start, new: list[Blocker], since: int, seen: Chart) -> Alert:
    looked = (s for s in of(seen.log, AlertSeen) if _names(s, start))
    who = next((standing for standing in looked if standing.sequence > since), None)
    claims = (*CLAIMS, *(claim for blocker in new for claim in blocker.claims))
    return Alert(
        rule=RULE,
        policy=start.policies.starting.id,
        level="call",
        title=OWN_RULES[RULE],
        detail=f"Corrected or added since: {'; '.join(blocker.text for blocker in new)}",
        at=start.moment.at,
        trigger=start.moment.id,
        claims=tuple(dict.fromkeys(claims)),
        seen_by=None if who is None else who.author,
        seen_at=None if who is None else who.at,
        active=who is None,
        subject=f"start-{start.moment.id}",
    )


def _names(standing: Standing[AlertSeen], start: _Start) -> bool:
    said = standing.content
    return RULE in (said.rule, *said.also) and said.reading == start.moment.id
