"""In what a study differs from what is planned: its route, its form of the drug, its people."""

from collections.abc import Iterator, Sequence

from mooring.core import evidence
from mooring.core.drugs.drug import Drug, Route
from mooring.core.evidence import Claim

FAMILY = {
    Route.INTRAVENOUS_INFUSION: "intravenous",
    Route.INTRAVENOUS_BOLUS: "intravenous",
}
"""The word that claims use for a route, where it is not the route's own."""
FORMS = {
    Drug.RACEMIC_KETAMINE: frozenset({"racemic ketamine"}),
    Drug.ESKETAMINE: frozenset({"esketamine", "S-ketamine"}),
}
"""The words that claims use for a drug."""
VOLUNTEERS = "healthy volunteers"


def carried_over(claims: Sequence[str], drug: Drug, route: Route) -> tuple[str, ...]:
    """One sentence for each way in which the claims tell of something else than is planned."""
    known = [evidence.load().claim(name) for name in claims]
    return tuple(dict.fromkeys([*_route(known, route), *_form(known, drug), *_people(known)]))


def _route(claims: Sequence[Claim], route: Route) -> Iterator[str]:
    told = dict.fromkeys(claim.route for claim in claims if claim.route)
    if told and FAMILY.get(route, route.value) not in told:
        routes = " and the ".join(told)
        yield f"Known from the {routes} route, carried over to the {route.display} route."


def _form(claims: Sequence[Claim], drug: Drug) -> Iterator[str]:
    told = dict.fromkeys(claim.drug for claim in claims if claim.drug)
    if told and not FORMS[drug] & set(told):
        yield f"Known from {' and '.join(told)}, carried over to {drug.display}."


def _people(claims: Sequence[Claim]) -> Iterator[str]:
    told = [claim.population for claim in claims if claim.population]
    if told and all(VOLUNTEERS in population for population in told):
        yield "Known from healthy volunteers, carried over to patients."
