"""The handbook: chapters in our own words, two faces from one text, every number with its claim."""

from mooring.core.handbook.book import Handbook, load
from mooring.core.handbook.models import Chapter, Face, Passage
from mooring.core.handbook.problems import problems

__all__ = ["Chapter", "Face", "Handbook", "Passage", "load", "problems"]
