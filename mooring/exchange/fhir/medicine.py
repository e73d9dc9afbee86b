"""What an order and a statement of a medicine share: which medicine it is."""

from __future__ import annotations

from mooring.exchange.fhir import hygiene
from mooring.exchange.fhir.coding import SUBSTANCES, Concept, in_words, read_concept
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import IMPLICIT, Context, NotUnderstood

FIELDS = ("medicationCodeableConcept", "medicationReference", "medication", "contained")
NOT_NAMED = NotUnderstood("It has neither words nor a code for a medicine.")


def medicine(resource: Element, context: Context) -> Concept | NotUnderstood:
    """The medicine, followed to the Medication it refers to, with every coding of both.

    `medication` with a concept or a reference within is how FHIR R5 writes it.
    """
    inner = resource.child("medication")
    own = resource.child("medicationCodeableConcept") or (inner and inner.child("concept"))
    link = resource.child("medicationReference") or (inner and inner.child("reference"))
    written, display = (
        read_concept(own, SUBSTANCES),
        link.text("display", most=500) if link else None,
    )
    referred = _followed(resource, link, context) if link else None
    if isinstance(referred, NotUnderstood):
        return referred
    found = [each for each in (written, referred) if each is not None]
    if display is not None:
        found.append(in_words(display))
    return found[0].with_more(found[1:]) if found else NOT_NAMED


def contained_left_over(resource: Element) -> tuple[str, ...]:
    """ "contained" where it holds more than medications, which are read."""
    others = [each for each in resource.children("contained") if _type(each) != "Medication"]
    return ("contained",) if others else ()


def _followed(resource: Element, link: Element, context: Context) -> Concept | NotUnderstood | None:
    """The concept of a Medication: its code and its ingredients; None where none is found."""
    reference = link.text("reference", most=2000) or ""
    found = _contained(resource, reference) or context.find(reference)
    if found is None or _type(found) != "Medication":
        return None
    if IMPLICIT in found or hygiene.modifier(found.data) is not None:
        return NotUnderstood("Its Medication carries a modifier, which may change its meaning.")
    if found.text("status", most=40) == "entered-in-error":
        return NotUnderstood("Its Medication was entered in error.", taken_back=True)
    own = read_concept(found.child("code"), SUBSTANCES)
    ingredients = [
        concept
        for each in found.children("ingredient")
        if each.flag("isActive") is not False and (concept := _ingredient(each)) is not None
    ]
    if own is not None:
        return own.with_more(ingredients)
    if not ingredients:
        return None
    text = " / ".join(dict.fromkeys(each.text for each in ingredients))[:500]
    return Concept(text, ()).with_more(ingredients)


def _ingredient(element: Element) -> Concept | None:
    """An ingredient by its concept, else by the words of its reference."""
    item = element.child("item")
    concept = element.child("itemCodeableConcept") or (item and item.child("concept"))
    link = element.child("itemReference") or (item and item.child("reference"))
    display = link.text("display", most=500) if link else None
    return read_concept(concept, SUBSTANCES) or (in_words(display) if display else None)


def _contained(resource: Element, reference: str) -> Element | None:
    for inner in resource.children("contained"):
        if reference == f"#{inner.text('id')}":
            return inner
    return None


def _type(resource: Element) -> str | None:
    return resource.text("resourceType", most=64)
