"""What is typed or scanned."""

from __future__ import annotations

from django import forms


class VialForm(forms.Form):
    """One code. A scanner types it and presses Enter."""

    code = forms.CharField(
        label="Barcode or NDC",
        max_length=200,
        help_text="Scan it, or type it and press Enter.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": "Scan or type the code of what is in the hand.",
            "max_length": "A code has 200 characters at most.",
        },
    )
