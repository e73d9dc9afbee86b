"""Schedules: which checks are due when, as named data."""
