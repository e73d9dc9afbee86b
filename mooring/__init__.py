"""Mooring runs a ketamine treatment program: it screens, plans, monitors, follows up and learns."""

__version__ = "0.1.0"
