"""`{% csrf_token %}`, with the form's id beside it: no form can have the one without the other."""

from __future__ import annotations

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mooring.clinic.once.standing import Stands
from mooring.clinic.once.submission import FIELD, STOOD
from mooring.clinic.rows import new_id

register = template.Library()


class FormMarks(CsrfTokenNode):
    """The hidden fields of every form that writes."""

    def render(self, context: Context) -> SafeString:
        """Another id each time a form is rendered: one that was refused comes back with its own."""
        token = super().render(context)
        if not token:
            return SafeString()
        field = '{}<input type="hidden" name="{}" value="{}">'
        return format_html(field, token, FIELD, new_id())


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormMarks:  # noqa: ARG001
    """Stands in the place of Django's tag of this name, also in the pages of libraries."""
    return FormMarks()


@register.simple_tag
def stood(stands: Stands) -> SafeString:
    """The hidden field that says what stood when the form was opened."""
    return format_html('<input type="hidden" name="{}" value="{}">', STOOD, stands.mark)
