"""Linear pharmacokinetic models, their regimens and their simulation. Education, not dosing."""
