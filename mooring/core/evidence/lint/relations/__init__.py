"""The relations between numbers that the check `arithmetic` recomputes: one a module."""
