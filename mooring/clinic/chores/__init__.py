"""Periodic work of `mooring serve`: the one place where it is registered and run.

A chore is registered in the `ready` of its own app:

    register(Chore("checkpoint", timedelta(minutes=5), make_checkpoint))

It is called with the time, and gives back a sentence about what it did, or nothing. What it raises
is logged in words and kept with its name; it never ends the server, nor another chore.
"""

from mooring.clinic.chores.registry import Chore, register, registered

__all__ = ["Chore", "register", "registered"]
