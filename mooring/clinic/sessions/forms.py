"""Forms around a session: planning it, calling it off."""

from __future__ import annotations

from typing import Any

from django import forms

from mooring.clinic.accounts.models import User
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.people.fields import Line, Moment, Words
from mooring.clinic.permissions import Role
from mooring.clinic.sessions.planning import CLASH, RULES
from mooring.clinic.sessions.usual import kinds_of, usual
from mooring.core.drugs.drug import Route
from mooring.core.protocols.leaving import policy as leaving
from mooring.core.protocols.monitoring import policy as monitoring
from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.stopping import policy as stopping

SITTERS = (Role.NURSE, Role.PRESCRIBER, Role.THERAPIST)
OTHERS: tuple[tuple[str, Any, str], ...] = (
    ("monitoring", monitoring, "What is measured when"),
    ("starting", starting, "What is needed before the start"),
    ("leaving", leaving, "What is needed before leaving"),
)
APART = (*(kind for kind, _, _ in OTHERS), "leave_out", RULES)


class OrderChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A signed order, told by its dose and its signature."""

    def label_from_instance(self, obj: Any) -> str:
        """For example "35 mg over 40 min, signed by A. Lindqvist on 2 March 2026"."""
        return f"{obj.in_brief}, signed by {obj.signed_by} on {obj.signed_at:%-d %B %Y}"


class PlaceForm(forms.Form):
    """When, where and with whom; the reason for a room or a sitter that is taken, once asked."""

    scheduled_at = Moment(
        label="When",
        error_messages={"invalid": "Give day and time, for example 2026-03-02 10:00."},
    )
    room = Line(label="Room", max_length=60)
    sitter = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Who sits with the patient",
        empty_label="Choose a person",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True, assignments__role__in=SITTERS).distinct()
        self.set("sitter", queryset=staff)
        if CLASH in self.data:
            self.ask_about_the_clash()

    def set(self, name: str, **facts: Any) -> None:
        """Give a field what depends on the course and on the policies there are."""
        for fact, value in facts.items():
            setattr(self.fields[name], fact, value)

    def ask_about_the_clash(self) -> None:
        """Ask why the room or the sitter is taken twice, and keep what was typed."""
        self.fields[CLASH] = Words(
            label="Why it is planned so all the same", widget=forms.Textarea(attrs={"rows": 2}),
            max_length=2000,
        )  # fmt: skip


class ScheduleForm(PlaceForm):
    """Under which order, when, where and with whom; a prescriber may leave rules out."""

    order = OrderChoice(
        queryset=Order.objects.none(), label="Under which order", widget=forms.RadioSelect,
        empty_label=None,
    )  # fmt: skip
    field_order = ("order", "scheduled_at", "room", "sitter")

    def __init__(
        self, course: Course, asked: Order | None, prescriber: bool, *args: Any, **kwargs: Any
    ) -> None:
        """`asked` is the order to begin with; None begins with the newest."""
        super().__init__(*args, **kwargs)
        standing = course.orders.filter(withdrawn_at__isnull=True)
        first = asked or standing.first()
        self.set("order", queryset=standing, initial=first)
        typed = {str(order.pk): order for order in standing}.get(self.data.get("order", ""))
        self.add_rules(typed or first, prescriber)

    def add_rules(self, order: Order | None, prescriber: bool) -> None:
        """The rules of the order's drug and route in words, and for a prescriber a way around."""
        self.under = order
        self.belonging = [] if order is None else belonging(order)
        if order is None or not prescriber:
            return
        for kind, module, label in OTHERS:
            self.fields[kind] = forms.ChoiceField(
                label=label, widget=forms.RadioSelect, required=False, initial="",
                choices=[("", "What belongs to the drug and route"), *titles(module)],
            )  # fmt: skip
        self.fields["leave_out"] = forms.MultipleChoiceField(
            label="Stop and call rules that are not to run", required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(name, stopping.load(name).title) for name in usual(order).stopping],
        )  # fmt: skip
        self.fields[RULES] = Words(
            label="Why other rules than those of the drug and route", required=False,
            widget=forms.Textarea(attrs={"rows": 2}), max_length=2000,
        )  # fmt: skip

    @property
    def apart(self) -> list[Any]:
        """The fields of a prescriber who wants other rules."""
        return [self[name] for name in APART if name in self.fields]

    @property
    def plain(self) -> list[Any]:
        """All other fields."""
        return [field for field in self if field.name not in APART]

    def facts(self) -> dict[str, Any]:
        """What `actions.schedule` takes."""
        given = dict(self.cleaned_data)
        out = given.pop("leave_out", [])
        if out and self.under is not None:
            running = usual(self.under).stopping
            given["stopping"] = [name for name in running if name not in out]
        return given


class MoveForm(PlaceForm):
    """A new time, room or sitter for a session, and why."""

    reason = Words(
        label="Why it is moved", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


def belonging(order: Order) -> list[tuple[str, str, str]]:
    """Each rule that belongs to the order's drug and route: kind, id and title."""
    return [
        (kind, name, load(name).title) for kind, load, names in kinds_of(order) for name in names
    ]


def titles(kind: Any) -> list[tuple[str, str]]:
    """The policies of a kind as choices, by their titles."""
    return [(name, kind.load(name).title) for name in kind.names()]


class CancelForm(forms.Form):
    """Why a session is called off."""

    reason = Words(
        label="Why it is cancelled", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class SitterLimitForm(forms.Form):
    """How many patients one sitter may have at a time by a route, and why."""

    route = forms.ChoiceField(
        label="Route", choices=[(route.value, route.display.capitalize()) for route in Route]
    )
    patients = forms.IntegerField(label="Patients at a time", min_value=1, max_value=6)
    reason = Words(
        label="Why the clinic decided so", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
