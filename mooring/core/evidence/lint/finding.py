"""What a check says: one claim, and one sentence that a clinician understands."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that does not add up, or that a reader would need and does not get."""

    check: str
    claim: str
    says: str
    """What was recomputed or looked for, and what is stated."""
    also: tuple[str, ...] = ()
    """Other claims it is about; an acknowledgement on any one of them counts."""

    @property
    def claims(self) -> tuple[str, ...]:
        """Every claim it is about."""
        return (self.claim, *self.also)
