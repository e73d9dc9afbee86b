"""What a number counts: people, by whatever word, or something else."""

PEOPLE = "people"
PERSONS = {
    *("people", "person", "patients", "participants", "responders", "remitters", "completers"),
    *("veterans", "adults", "users", "inpatients", "respondents", "volunteers", "americans"),
}


def kind(per: str) -> str:
    """What is counted; every word for persons is one kind, and nothing said means persons."""
    words = per.lower().split()
    if not words or PERSONS.intersection(words):
        return PEOPLE
    return per.lower()
