"""A link as a picture that a phone reads."""

from __future__ import annotations

import qrcode  # type: ignore[import-untyped]
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage  # type: ignore[import-untyped]


def svg(link: str) -> SafeString:
    """The QR code as an SVG element without style attributes, to stand in a page."""
    drawn: bytes = qrcode.make(link, image_factory=SvgPathImage, border=2).to_string()
    # The library draws squares; nothing of the link stands in it as text.
    return mark_safe(drawn.decode())  # noqa: S308
