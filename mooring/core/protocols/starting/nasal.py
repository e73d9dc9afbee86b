"""A spray into the nose that was told among the medicines, where its own question says none.

The question about the nose asks for steroids and decongestants; people name them as medicines.
"""

from collections.abc import Iterator

from mooring.core.protocols.starting.fasting import length
from mooring.core.protocols.starting.policy import StartPolicy
from mooring.core.protocols.starting.taken import Taken, taken_today
from mooring.core.session.check_in import latest_intake
from mooring.core.session.standing import Log
from mooring.core.session.view import Blocker

INTO_THE_NOSE = frozenset(
    {
        *("oxymetazoline", "xylometazoline", "naphazoline", "phenylephrine", "tetrahydrozoline"),
        *("fluticasone", "mometasone", "budesonide", "beclomethasone", "triamcinolone"),
        *("ciclesonide", "flunisolide"),
    }
)


def to_weigh(policy: StartPolicy, log: Log) -> Iterator[Blocker]:
    """One line for each, until the question has a time: from then on the time alone holds."""
    rule = next((one for one in policy.fasting if one.intake == "nasal"), None)
    if rule is None or latest_intake(log, "nasal") is not None:
        return
    for taken in taken_today(log):
        if taken.counts and _into_the_nose(taken):
            yield Blocker(
                "taken.nasal",
                f"Taken today: {taken.words}. Was it a spray into the nose? Then {length(rule)} "
                "without it are needed before the start: answer when it was",
                rule.at_least.claims,
                fact=taken.words[:200],
            )


def _into_the_nose(taken: Taken) -> bool:
    return any(known.name in INTO_THE_NOSE for known in taken.read.known)
