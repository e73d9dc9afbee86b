"""AllergyIntolerance → an allergy or intolerance of the chart."""

from __future__ import annotations

from mooring.clinic.people.models import Allergy
from mooring.exchange.fhir import coded, statuses
from mooring.exchange.fhir.coding import SUBSTANCES, Concept, read_concept
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over

RESOURCE_TYPE = "AllergyIntolerance"
_READ = (
    "code", "clinicalStatus", "verificationStatus", "onsetDateTime", "recordedDate", "reaction",
)  # fmt: skip


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """Codes and words with the substances of its reactions, clinical status, day of onset.

    Criticality, and what a reaction was like, are left over.
    """
    concept = _concept(resource)
    if concept is None:
        return coded.NEITHER
    stops = coded.withdrawn(resource) or coded.nothing_known(concept)
    if stops is not None:
        return stops
    onset = read_date(resource, "onsetDateTime")
    row = Allergy(
        **coded.columns(
            concept,
            context,
            status=statuses.clinical(resource),
            preferred=SUBSTANCES,
            origin=coded.recorded_there(resource),
        ),
        since=onset.day if onset else None,
    )
    further = (*statuses.unread(resource), *coded.imprecise(resource, "onsetDateTime"))
    return Reading((row,), (*left_over(resource, *_READ), *_of_reactions(resource), *further))


def _concept(resource: Element) -> Concept | None:
    """What the allergy is to: its own code, and each substance that a reaction names."""
    reactions = resource.children("reaction")
    substances = [read_concept(each.child("substance"), SUBSTANCES) for each in reactions]
    named = [each for each in substances if each is not None]
    own = read_concept(resource.child("code"), SUBSTANCES)
    if own is not None:
        return own.with_more(named)
    return named[0].with_more(named[1:]) if named else None


def _of_reactions(resource: Element) -> tuple[str, ...]:
    """The fields of its reactions that no row holds, each once."""
    found = (name for each in resource.children("reaction") for name in each.data)
    return tuple(dict.fromkeys(f"reaction.{name}" for name in found if name != "substance"))
