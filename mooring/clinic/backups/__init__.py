"""Backups: what is in one, whom it is encrypted to, how it is opened and put in place."""
