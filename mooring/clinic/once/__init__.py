"""A form is taken once, however often it is sent: see docs/decisions/0024."""
