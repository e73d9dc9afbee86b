"""Every field of every form says how long a text may be, and takes no character that misleads."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

import pytest
from django import forms
from django.core.exceptions import ValidationError

import mooring.clinic
import mooring.exchange
from mooring.clinic.people.fields import Line, Moment, Words

OTHERWISE = {
    # Looked up or compared, and not kept as typed.
    ("SearchForm", "patient"), ("SearchForm", "person"), ("SearchForm", "action"),
    ("VialForm", "code"),  # a scanner sends the separator of GS1, which is a control character
    ("SecondForm", "second_username"), ("OpeningForm", "second_username"),
    ("CountedAuthenticateForm", "code"), ("CountedReauthenticateForm", "code"),
    # Words of their own rule.
    ("PersonForm", "username"), ("OwnerForm", "username"),
}  # fmt: skip
SAFE = (Line, Words, Moment)


def every_form() -> list[type[forms.Form]]:
    """Each form that a module of the web application defines."""
    for package in (mooring.clinic, mooring.exchange):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                import_module(module.name)
    found, waiting = set(), [forms.Form]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith("mooring."):
                found.add(each)
    return sorted(found, key=lambda form: (form.__module__, form.__qualname__))


def typed(form: type[forms.Form]) -> dict[str, forms.CharField]:
    """The fields of a form into which a person types words that are kept."""
    return {
        name: field
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field.widget, forms.HiddenInput | forms.PasswordInput)
        and (form.__name__, name) not in OTHERWISE
        and field.clean.__func__ is forms.CharField.clean  # numbers read their own signs
    }


def test_there_are_many_forms():
    assert len(every_form()) > 30


@pytest.mark.parametrize("form", every_form(), ids=lambda form: form.__qualname__)
def test_a_text_has_an_end_and_takes_no_character_that_turns_reading_round(form):
    for name, field in typed(form).items():
        assert isinstance(field, SAFE), f"{name}: use Line or Words"
        assert field.max_length or isinstance(field, Moment), f"{name}: say how long it may be"


@pytest.mark.parametrize("field", [Line(max_length=99), Words(max_length=99)])
@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x07", "\x9b", "\u200f"])
def test_such_a_character_is_refused_with_what_is_needed(field, sign):
    with pytest.raises(ValidationError, match="without control or direction characters"):
        field.clean(f"before{sign}after")
