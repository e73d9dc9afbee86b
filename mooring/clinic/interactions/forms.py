"""The one question of the page: by which route, and which drug."""

from __future__ import annotations

from django import forms

from mooring.core.drugs.drug import Drug, Route

FROM_THE_LIST = {
    "required": "One from the list is needed.",
    "invalid_choice": "One from the list is needed.",
}


class PlannedForm(forms.Form):
    """A drug and a route to look at. Nothing is stored."""

    drug = forms.ChoiceField(
        label="Drug",
        choices=[(drug.value, drug.display) for drug in Drug],
        error_messages=FROM_THE_LIST,
    )
    route = forms.ChoiceField(
        label="Route",
        choices=[(route.value, route.display.capitalize()) for route in Route],
        error_messages=FROM_THE_LIST,
    )
