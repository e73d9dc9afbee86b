"""Routes and drug forms as the linter reads them out of a free text field."""

ROUTES = (
    *("intravenous", "intranasal", "sublingual", "buccal", "oral", "subcutaneous"),
    *("intramuscular", "rectal", "intrathecal"),
)
FORMS = ("racemic", "esketamine", "arketamine")


def routes(text: str) -> frozenset[str]:
    """The routes that the text names; none where it names none."""
    return _named(text, ROUTES)


def forms(text: str) -> frozenset[str]:
    """The forms of the drug that the text names; "ketamine" alone names none."""
    return _named(text, FORMS)


def _named(text: str, known: tuple[str, ...]) -> frozenset[str]:
    words = text.lower().replace("-", " ").replace(",", " ").split()
    return frozenset(name for name in known if name in words)


def differ(claimed: frozenset[str], studied: frozenset[str]) -> bool:
    """True where both name something, and the claim names what was not studied."""
    return bool(claimed and studied) and not claimed <= studied
