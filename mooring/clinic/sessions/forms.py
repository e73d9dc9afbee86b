"""Forms around a session: planning it, calling it off."""

from __future__ import annotations

from typing import Any

from django import forms

from mooring.clinic.accounts.models import User
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.people.fields import Moment
from mooring.clinic.permissions import Role
from mooring.clinic.sessions.usual import STOPPING, Usual, usual
from mooring.core.protocols.leaving import policy as leaving
from mooring.core.protocols.monitoring import policy as monitoring
from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.stopping import policy as stopping

SITTERS = (Role.NURSE, Role.PRESCRIBER, Role.THERAPIST)
POLICY_KINDS = ("stopping", "monitoring", "starting", "leaving")


class OrderChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A signed order, told by its dose and its signature."""

    def label_from_instance(self, obj: Any) -> str:
        """For example "35 mg over 40 min, signed by A. Lindqvist on 2 March 2026"."""
        return f"{obj.in_brief}, signed by {obj.signed_by} on {obj.signed_at:%-d %B %Y}"


class ScheduleForm(forms.Form):
    """When, where, with whom, and under which policies."""

    order = OrderChoice(
        queryset=Order.objects.none(), label="Under which order", widget=forms.RadioSelect,
        empty_label=None,
    )  # fmt: skip
    scheduled_at = Moment(
        label="When",
        error_messages={"invalid": "Give day and time, for example 2026-03-02 10:00."},
    )
    room = forms.CharField(label="Room", max_length=60)
    sitter = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Who sits with the patient",
        empty_label="Choose a person",
    )
    stopping = forms.MultipleChoiceField(
        label="Stop and call rules",
        widget=forms.CheckboxSelectMultiple,
        help_text="They run side by side; each banner names its own rule.",
    )
    monitoring = forms.ChoiceField(label="What is measured when", widget=forms.RadioSelect)
    starting = forms.ChoiceField(label="What is needed before the start", widget=forms.RadioSelect)
    leaving = forms.ChoiceField(label="What is needed before leaving", widget=forms.RadioSelect)

    def __init__(self, course: Course, asked: Order | None, *args: Any, **kwargs: Any) -> None:
        """`asked` is the order to begin with; None begins with the newest."""
        super().__init__(*args, **kwargs)
        standing = course.orders.filter(withdrawn_at__isnull=True)
        chosen = asked or standing.first()
        fitting = Usual() if chosen is None else usual(chosen)
        self.set("order", queryset=standing, initial=chosen)
        staff = User.objects.filter(is_active=True, assignments__role__in=SITTERS).distinct()
        self.set("sitter", queryset=staff)
        self.set("stopping", choices=titles(stopping), initial=list(STOPPING))
        self.set("monitoring", choices=titles(monitoring), initial=fitting.monitoring)
        self.set("starting", choices=titles(starting), initial=fitting.starting)
        self.set("leaving", choices=titles(leaving), initial=fitting.leaving)

    def set(self, name: str, **facts: Any) -> None:
        """Give a field what depends on the course and on the policies there are."""
        for fact, value in facts.items():
            setattr(self.fields[name], fact, value)


def titles(kind: Any) -> list[tuple[str, str]]:
    """The policies of a kind as choices, by their titles."""
    return [(name, kind.load(name).title) for name in kind.names()]


class CancelForm(forms.Form):
    """Why a session is called off."""

    reason = forms.CharField(label="Why it is cancelled", widget=forms.Textarea(attrs={"rows": 3}))
