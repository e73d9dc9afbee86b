"""FamilyMemberHistory → findings of the chart that are a relative's, not the patient's."""

from __future__ import annotations

from collections.abc import Iterator

from mooring.clinic.people.models import Condition
from mooring.exchange.fhir import coded
from mooring.exchange.fhir.coding import read_concept
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over

RESOURCE_TYPE = "FamilyMemberHistory"
SOMEBODY = "relative"
"""Whose it is where the source does not say: never the patient."""
_READ = ("status", "relationship", "condition")


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """Each condition of the relative as a row with the relation."""
    status = resource.text("status", most=40)
    if status == "entered-in-error":
        reason = "Its status is entered-in-error: the source does not hold it true."
        return NotUnderstood(reason, taken_back=True)
    relationship = read_concept(resource.child("relationship"))
    relation = relationship.text[:100] if relationship else SOMEBODY
    rows = tuple(_rows(resource, relation, context))
    if not rows:
        return NotUnderstood("It names no condition that has words or a code.")
    return Reading(rows, (*left_over(resource, *_READ), *_of_conditions(resource)))


def _rows(resource: Element, relation: str, context: Context) -> Iterator[Condition]:
    for each in resource.children("condition"):
        concept = read_concept(each.child("code"))
        if concept is not None:
            columns = coded.columns(concept, context, status=None, origin=("family history",))
            yield Condition(**columns, relation=relation)


def _of_conditions(resource: Element) -> tuple[str, ...]:
    """The fields of its conditions that no row holds, each once."""
    found = [name for each in resource.children("condition") for name in each.data]
    return tuple(dict.fromkeys(f"condition.{name}" for name in found if name != "code"))
