"""A medication list beside a planned route: findings, their studies, what was not read."""
