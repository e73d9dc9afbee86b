"""What keeps a passage from being shown, said so that its author knows what would be right."""

from collections.abc import Callable
from datetime import date

import pytest

from mooring.core.evidence import Claim, EvidenceBase, Source, Version
from mooring.core.handbook import Passage, problems

FOUND = {"source": "S9", "locator": "line 1", "status": "source-only"}


def claim(name: str, **fields: object) -> Claim:
    return Claim.model_validate({"id": name, "statement": "Said.", **FOUND, **fields})


CLAIMS = [
    claim("S9.01", quantities=[{"value": 24, "unit": "h"}]),
    claim(
        "S9.02",
        quantities=[
            {"value": 71, "unit": "%", "numerator": 12, "denominator": 17, "per": "people"}
        ],
        flags=["contested"],
        disagreements=["D99"],
    ),
    claim("S9.03", flags=["dangerous"], excluded="It harms."),
    claim("S9.04", quantities=[{"value": 35, "unit": "mg"}], flags=["dose"]),
    claim(
        "S9.05", quantities=[{"of": "median", "value": 18, "unit": "days"}], time_point="four weeks"
    ),
    claim(
        "S9.06",
        n=66,
        quantities=[{"low": 48, "high": 61, "unit": "%", "confidence": ["40.5", "70.5"]}],
    ),
]
SOURCE = Source.model_validate(
    {"id": "S9", "title": "A", "author": "B", "kind": "founding", "read": "full text", "year": 2021}
)


@pytest.fixture(scope="module")
def base() -> EvidenceBase:
    return EvidenceBase(
        Version(version="1", day=date(2026, 11, 23)),
        {"S9": SOURCE},
        {c.id: c for c in CLAIMS},
        {"D99": None},  # type: ignore[dict-item]
        {},
    )


@pytest.fixture
def wrong(base: EvidenceBase) -> Callable[..., str]:
    def ask(**texts: str) -> str:
        return " | ".join(problems(Passage(id="a.b", **texts), base))

    return ask


@pytest.mark.parametrize(
    "text",
    [
        "It peaks after 24 hours {S9.01}.",
        "It peaks after a day.",
        "In 2021 it was so {S9.01}.",
        "12 of 17 people, or 71 %, felt better {S9.02}; sources disagree {D99}.",
        "Half had relapsed at 18 days {S9.05}.",
        "After four weeks it was over {S9.05}.",
        "Of 66 people 48 to 61 % (40.5 to 70.5) did, about half {S9.06}.",
    ],
)
def test_a_number_that_its_own_sentence_cites_is_shown(
    wrong: Callable[..., str], text: str
) -> None:
    assert wrong(both=text) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It peaks after 24 hours.", "no claim in the sentence carries 24"),
        ("It is so {S9.01}. It peaks after 24 hours.", "no claim in the sentence carries 24"),
        ("It peaks after 25 hours {S9.01}.", "carries 25: “It peaks after 25 hours.”"),
        ("Two of three people did {S9.01}.", "carries 2, 3"),
        ("A quarter did {S9.06}.", "no claim in the sentence carries that share"),
        ("It is so {S9.77}.", "nothing has the id S9.77; cite a claim or disagreement by its id"),
        ("71 % did {S9.02}.", "S9.02 is contested; name its disagreement in the passage: {D99}"),
    ],
)
def test_a_number_without_its_claim_is_named_with_its_sentence(
    wrong: Callable[..., str], text: str, said: str
) -> None:
    assert said in wrong(both=text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It was said {S9.03}.", "S9.03 is not for patients"),
        ("It was said {S9.04}.", "S9.04 is not for patients"),
        ("Take 35 mg {S9.04}.", "patients are shown no amounts to take: “35 mg”"),
    ],
)
def test_what_is_for_clinicians_only_is_refused_to_patients_and_not_to_clinicians(
    wrong: Callable[..., str], text: str, said: str
) -> None:
    assert said in wrong(patient=text)
    assert wrong(clinician=text) == ""


def test_each_face_is_looked_at_by_itself(wrong: Callable[..., str]) -> None:
    assert wrong(clinician="It is so.", patient="After 24 hours.").startswith("a.b, patient: ")
