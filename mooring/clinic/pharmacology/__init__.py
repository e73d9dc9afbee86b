"""How well the models fit what was measured, and what they expect of a dose. Education only."""
