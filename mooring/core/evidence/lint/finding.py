"""What a check says: one claim, and one sentence that a clinician understands."""

import json
from dataclasses import dataclass
from hashlib import sha256


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

    @property
    def fingerprint(self) -> str:
        """Of this one finding: with another number in what it says it is another. An
        acknowledgement names it, so that it never stands for a slip that came later."""
        told = json.dumps([self.check, self.claims, self.says], ensure_ascii=False)
        return sha256(told.encode()).hexdigest()[:8]
