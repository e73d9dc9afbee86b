"""A model file is held to its own names, and every number to its source."""

import copy
import math
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from mooring.core.datafiles import DataFileError
from mooring.core.pharmacology import models
from mooring.core.pharmacology.models import (
    CovariateMissingError,
    PublishedModel,
    Status,
    Variability,
)
from mooring.core.pharmacology.regimen import GivenAs

SMALL: dict[str, Any] = {
    "id": "small",
    "title": "A small model",
    "drug": "racemic_ketamine",
    "sampling_site": "venous",
    "population": "adults",
    "adults": True,
    "status": "abstract",
    "time_unit": "h",
    "covariates": ["weight"],
    "sources": [{"key": "paper", "citation": "A paper"}],
    "parameters": {
        "v": {
            "value": 100,
            "unit": "L",
            "paper": "paper",
            "table": "1",
            "population": "adults",
            "status": "abstract",
            "typical": "v * weight / 70",
        },
    },
    "states": ["blood"],
    "flows": [{"from": "blood", "rate": "50 / v"}],
    "inputs": [
        {
            "given_as": "intravenous_bolus",
            "doses": "any",
            "portions": [{"into": "blood", "fraction": "1"}],
        }
    ],
    "outputs": [{"analyte": "ketamine", "state": "blood", "scale": "1000 / v"}],
}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    data = copy.deepcopy(SMALL)
    change(data)
    return data


def test_the_small_model_reads() -> None:
    model = PublishedModel.model_validate(SMALL)
    assert model.minutes == 60
    assert model.input_for(GivenAs.INTRAVENOUS_BOLUS) is model.inputs[0]
    assert model.input_for(GivenAs.ORAL) is None


FAULTS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a rate of an unknown name": (
        lambda data: data["flows"][0].update(rate="cl / v"),
        "no name is called 'cl'; there are: v, weight",
    ),
    "a typical value of an unknown covariate": (
        lambda data: data["parameters"]["v"].update(typical="v * age"),
        "no name is called 'age'",
    ),
    "the device's number outside an input": (
        lambda data: data["outputs"][0].update(scale="nth"),
        "no name is called 'nth'",
    ),
    "a flow from nowhere": (
        lambda data: data["flows"][0].update({"from": "liver"}),
        "no state is called 'liver'",
    ),
    "a flow to nowhere": (
        lambda data: data["flows"][0].update(to="liver"),
        "no state is called 'liver'",
    ),
    "an input into nowhere": (
        lambda data: data["inputs"][0]["portions"][0].update(into="nose"),
        "no state is called 'nose'",
    ),
    "an output from nowhere": (
        lambda data: data["outputs"][0].update(state="nose"),
        "no state is called 'nose'",
    ),
    "a lag of an unknown name": (
        lambda data: data["inputs"][0]["portions"][0].update(lag="tlag"),
        "no name is called 'tlag'",
    ),
    "a covariance of an unknown parameter": (
        lambda data: data.update(
            covariances=[{"parameters": ["v", "cl"], "matrix": [[0.1, 0], [0, 0.1]]}]
        ),
        "no parameter is called 'cl'",
    ),
    "a paper that is not listed": (
        lambda data: data["parameters"]["v"].update(paper="another"),
        "no source is called 'another'",
    ),
    "one way of giving twice": (
        lambda data: data.update(inputs=data["inputs"] * 2),
        "the input 'intravenous_bolus' stands here more than once",
    ),
    "a parameter named like a covariate": (
        lambda data: data["parameters"].update(weight=data["parameters"]["v"]),
        "the name 'weight' stands here more than once",
    ),
    "a lopsided covariance": (
        lambda data: data.update(
            covariances=[{"parameters": ["v", "v"], "matrix": [[0.1, 0.2], [0, 0.1]]}]
        ),
        "reads the same by row and by column",
    ),
    "a covariance of the wrong size": (
        lambda data: data.update(covariances=[{"parameters": ["v", "v"], "matrix": [[0.1]]}]),
        "the matrix is 2 by 2",
    ),
    "children": (lambda data: data.update(adults=False), "True"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_leads_nowhere_is_refused_on_reading(fault: str) -> None:
    change, sentence = FAULTS[fault]
    with pytest.raises(ValidationError, match=sentence):
        PublishedModel.model_validate(changed(change))


def test_an_unknown_model_names_those_there_are() -> None:
    with pytest.raises(DataFileError, match="no model is called 'memory'; there are: domino_1984"):
        models.load("memory")


@pytest.mark.parametrize("name", models.names())
def test_every_model_is_called_as_its_folder_and_says_what_it_measured(name: str) -> None:
    model = models.load(name)
    assert model.id == name
    assert model.outputs[0].analyte == "ketamine"
    for parameter in model.parameters.values():
        unexplained = parameter.status in {Status.COMPUTED, Status.ASSUMED, Status.SECONDARY}
        assert parameter.note or not unexplained


def test_a_missing_covariate_is_named() -> None:
    with pytest.raises(CovariateMissingError, match="weight: the model 'otto_2021' needs it"):
        models.typical(models.load("otto_2021"), {})


def test_typical_values_follow_weight_and_age_as_published() -> None:
    otto = models.typical(models.load("otto_2021"), {"weight": 140.0})
    assert otto["v1"] == pytest.approx(266)
    assert otto["cl"] == pytest.approx(95.2 * 2**0.75)
    assert otto["vp1"] == pytest.approx(187)
    older = {"age": 70.0, "asian": 1.0, "japanese": 1.0}
    perez_ruixo = models.typical(models.load("perez_ruixo_2021"), older)
    assert perez_ruixo["qh"] == pytest.approx(151 - 21.9)
    assert perez_ruixo["frn"] == pytest.approx(0.54 * 1.34)
    assert perez_ruixo["kel"] == pytest.approx(1.11 * 0.36)
    assert perez_ruixo["cln"] == pytest.approx(38 * 0.81)


def test_how_much_of_a_muscle_dose_arrives_is_contested_in_the_open() -> None:
    share = models.load("otto_2021").parameters["f_im"]
    assert (share.value, share.status) == (0.93, Status.SECONDARY)
    assert [(other.value, other.population) for other in share.alternatives] == [
        (0.41, "113 children")
    ]


def test_a_variability_is_a_percentage_or_a_variance() -> None:
    assert Variability(distribution="lognormal", cv_percent=30).omega_squared == pytest.approx(
        math.log(1.09)
    )
    assert Variability(distribution="logit", variance=0.5).omega_squared == 0.5
    with pytest.raises(ValidationError, match="one of the two"):
        Variability(distribution="lognormal")
    with pytest.raises(ValidationError, match="cv_percent goes with the lognormal"):
        Variability(distribution="logit", cv_percent=30)


def test_no_one_varies_where_the_paper_leaves_the_number_blank() -> None:
    assert models.load("perez_ruixo_2021").parameters["kmet"].between_subjects is None
