"""Numbers in a policy: none without the claims that stand behind it."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from mooring.core.datafiles import Frozen
from mooring.core.protocols.loading import ClaimId, DisagreementId

Claims = Annotated[tuple[ClaimId, ...], Field(min_length=1)]
"""At least one claim."""


class Number(Frozen):
    """A number with its unit and its claims."""

    value: Decimal
    unit: str
    claims: Claims


class Policy(Frozen):
    """What every policy says about itself."""

    id: str
    version: str
    title: str
    summary: str
    """What it does and does not do, for the handbook."""
    claims: Claims
    disagreements: tuple[DisagreementId, ...] = ()
