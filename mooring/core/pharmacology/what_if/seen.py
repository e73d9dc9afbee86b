"""The part of a model that ketamine in blood depends on: the same curve from fewer states.

What only leads on to a metabolite never comes back, so leaving it out changes nothing; and it
takes the chains of equal rates with it that would have to be stepped through.
"""

from __future__ import annotations

from functools import cache

from mooring.core.pharmacology import models
from mooring.core.pharmacology.models import (
    Analyte,
    Flow,
    ModelInput,
    Output,
    PublishedModel,
)


@cache
def of_ketamine(model_id: str) -> PublishedModel:
    """The published model without what ketamine's own concentration does not depend on."""
    model = models.load(model_id)
    output = next(one for one in model.outputs if one.analyte is Analyte.KETAMINE)
    kept = _leading_to(model, output)
    return model.model_copy(
        update={
            "states": tuple(state for state in model.states if state in kept),
            "flows": tuple(_within(flow, kept) for flow in model.flows if flow.source in kept),
            "inputs": tuple(_entering(one, kept) for one in model.inputs),
            "outputs": (output,),
        }
    )


def _leading_to(model: PublishedModel, output: Output) -> set[str]:
    """The states from which something can reach the output."""
    kept = {output.state}
    while more := {flow.source for flow in model.flows if flow.to in kept} - kept:
        kept |= more
    return kept


def _within(flow: Flow, kept: set[str]) -> Flow:
    """What leads to a state that is left out leaves the body."""
    return flow if flow.to in kept else flow.model_copy(update={"to": None})


def _entering(one: ModelInput, kept: set[str]) -> ModelInput:
    portions = tuple(part for part in one.portions if part.into in kept)
    return one.model_copy(update={"portions": portions})
