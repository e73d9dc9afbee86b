"""What an interaction policy says: for each medicine, what it means by each route, and why."""

from collections import Counter
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import model_validator

from mooring.core.drugs.drug import Route
from mooring.core.drugs.interactions import names as medicines
from mooring.core.drugs.interactions.names import Known
from mooring.core.protocols.cited import Claims, Number, Policy
from mooring.core.protocols.loading import DisagreementId, Frozen, policy_file

FOLDER = Path(__file__).parent


class Severity(StrEnum):
    """What a finding asks for. The words are the project's own; no source ranks interactions."""

    DECIDE = "decide"
    WATCH = "watch"
    KNOW = "know"
    NONE_FOUND = "none-found"

    @property
    def word(self) -> str:
        """As it is shown."""
        return {
            Severity.DECIDE: "Decide first",
            Severity.WATCH: "Watch",
            Severity.KNOW: "Know",
            Severity.NONE_FOUND: "None found",
        }[self]


class Said(Frozen):
    """A sentence with what stands behind it."""

    text: str
    claims: Claims


class Note(Said):
    """What holds for everyone, whatever the list."""

    title: str
    disagreements: tuple[DisagreementId, ...] = ()


class Effect(Said):
    """What a rule means by some routes."""

    severity: Severity
    routes: tuple[Route, ...] = tuple(Route)
    """All of them where none is named."""


class Rule(Frozen):
    """One interaction."""

    id: str
    title: str
    mechanism: str
    groups: tuple[str, ...] = ()
    """Groups of medicines, all of which it is about."""
    medicines: tuple[str, ...] = ()
    """Single medicines that it is about."""
    except_medicines: tuple[str, ...] = ()
    """Medicines of its groups that have a rule of their own."""
    disagreements: tuple[DisagreementId, ...] = ()
    effects: tuple[Effect, ...]

    def is_about(self, known: Known) -> bool:
        """True for a medicine, or a whole group, that the rule is about."""
        if known.name in self.except_medicines:
            return False
        return known.group in self.groups or known.name in self.medicines

    def by(self, route: Route) -> Effect:
        """What it means by that route."""
        return next(effect for effect in self.effects if route in effect.routes)

    @property
    def claims(self) -> tuple[str, ...]:
        """All claims of all effects, each once."""
        return tuple(dict.fromkeys(name for effect in self.effects for name in effect.claims))

    @model_validator(mode="after")
    def _says_one_thing_by_every_route(self) -> Self:
        told = Counter(route for effect in self.effects for route in effect.routes)
        wrong = [route.display for route in Route if told[route] != 1]
        if wrong:
            raise ValueError(f"effects: each route once; look at {', '.join(wrong)}")
        return self

    @model_validator(mode="after")
    def _is_about_known_medicines(self) -> Self:
        catalogue = medicines.load()
        unknown = [group for group in self.groups if group not in catalogue.groups]
        named = {known.name for known in catalogue.phrases.values()}
        unknown += [name for name in (*self.medicines, *self.except_medicines) if name not in named]
        if unknown or not (self.groups or self.medicines):
            raise ValueError(f"name known groups or medicines; look at {', '.join(unknown)}")
        return self


class InteractionPolicy(Policy):
    """One named set of interaction rules."""

    threshold: Number
    """Diazepam equivalents in a day; more than this is flagged."""
    benzodiazepines: str
    """The group that the threshold is about."""
    equivalents: Said
    """How doses are set beside diazepam, and by whom."""
    abrupt_hold: Said
    """Stands with every benzodiazepine, whatever its dose."""
    notes: tuple[Note, ...]
    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _each_rule_once(self) -> Self:
        twice = [name for name, n in Counter(rule.id for rule in self.rules).items() if n > 1]
        if twice:
            raise ValueError(f"rules: {', '.join(twice)} stands twice")
        return self


@cache
def load(name: str, version: str | None = None) -> InteractionPolicy:
    """The policy of that name. Raises DataFileError when there is none or it does not fit."""
    return policy_file(FOLDER, name, "policy.toml", InteractionPolicy, version)
