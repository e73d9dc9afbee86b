"""Finds claims, sources, disagreements, corrections, policies and passages by their words."""

from mooring.core.search.entries import Entry, Kind, entries
from mooring.core.search.index import Found, Hit, Index
from mooring.core.search.marking import Piece, excerpt, marked

__all__ = ["Entry", "Found", "Hit", "Index", "Kind", "Piece", "entries", "excerpt", "marked"]
