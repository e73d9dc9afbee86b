"""Every page of the handbook, opened: nothing fails, nothing raw shows, nothing is hidden."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from mooring.clinic.handbook.policies import versions
from mooring.core import evidence
from mooring.core.evidence.models import Flag, Status
from tests.clinic.handbook.reading import EVERY_POLICY, EVERY_VERSION, raw_in, text_of

BASE = evidence.load()
pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse(bob, signed_in):
    return signed_in(bob)


def opened(client, name, *words, **headers):
    answer = client.get(reverse(name, args=words), **headers)
    assert answer.status_code == 200, (name, words)
    return answer


@pytest.mark.parametrize(("kind", "name"), EVERY_POLICY)
def test_every_policy_page_reads_as_words(nurse, kind, name):
    text = text_of(opened(nurse, "policy", kind, name))
    assert raw_in(text) == []
    assert re.search(r"version [1-9]", text)


@pytest.mark.parametrize(("kind", "name", "version"), EVERY_VERSION)
def test_every_released_version_can_be_opened_and_is_listed(nurse, kind, name, version):
    text = text_of(opened(nurse, "policy_version", kind, name, version))
    assert raw_in(text) == []
    assert f"version {version}" in text
    released = versions(kind, name)
    listed = "One version is released." if len(released) == 1 else " · ".join(released)
    assert listed in text
    assert ("is not the newest" in text) is (version != released[-1])


def test_a_version_that_was_never_released_is_not_found(nurse):
    address = reverse("policy_version", args=["stopping", "emory_s2", 99])
    assert nurse.get(address).status_code == 404


def test_the_first_page_leads_to_every_policy_disagreement_and_claim(nurse):
    answer = opened(nurse, "handbook")
    assert raw_in(text_of(answer)) == []
    links = set(re.findall(r'href="(/handbook/[^"]+)"', answer.content.decode()))
    wanted = {reverse("policy", args=words) for words in EVERY_POLICY}
    wanted |= {reverse("claim", args=[name]) for name in BASE.claims}
    wanted |= {reverse("disagreement", args=[name]) for name in BASE.disagreements}
    assert wanted <= links


def test_every_link_within_the_handbook_leads_somewhere(nurse):
    pages = [reverse("handbook"), *(reverse("policy", args=words) for words in EVERY_POLICY)]
    links = {
        link
        for page in pages
        for link in re.findall(r'href="(/handbook/[^"#]*)"', nurse.get(page).content.decode())
    }
    assert len(links) > 250
    assert {link for link in links if nurse.get(link).status_code != 200} == set()


def test_every_claim_says_what_it_states_and_what_stands_behind_it(nurse):
    for claim in BASE.claims.values():
        text = text_of(opened(nurse, "claim", claim.id))
        assert raw_in(text) == [], claim.id
        assert " ".join(claim.statement.split()) in text, claim.id
        assert claim.status.in_words in text, claim.id
        assert "The other side" in text, claim.id
        source = BASE.source_of(claim.id)
        if source is not None:
            assert " ".join(source.title.split()) in text, claim.id
            assert " ".join(source.conflict_of_interest.split()) in text, claim.id


def test_a_number_that_the_clinic_chose_says_so_and_names_no_source(nurse):
    chosen = [c.id for c in BASE.claims.values() if c.status is Status.CLINIC_CHOICE]
    assert chosen
    for name in chosen:
        text = text_of(opened(nurse, "claim", name))
        assert "The clinic's choice, without a source" in text, name
        assert "None: the clinic chose it" in text, name


def dangerous():
    return [claim.id for claim in BASE.claims.values() if Flag.DANGEROUS in claim.flags]


def test_a_dangerous_claim_says_that_it_is_not_to_be_followed(nurse):
    assert {"S4.55", "S4.57", "S4.58", "S1.38", "S1.39"} <= set(dangerous())
    for name in BASE.claims:
        text = text_of(opened(nurse, "claim", name))
        assert ("Harmful if taken as a rule" in text) == (name in dangerous()), name


def test_a_chip_of_a_dangerous_claim_carries_the_mark_wherever_it_stands(nurse):
    content = opened(nurse, "disagreement", "D19").content.decode()
    chip = re.search(r'<a class="chip dangerous"[^>]*>(.*?)</a>', content, re.DOTALL)
    assert chip is not None
    assert chip[1].startswith("S4.55")
    assert "not to be followed" in chip[1]
    assert content.count("chip dangerous") == 1


def test_a_correction_stands_on_the_card_of_what_it_corrects(nurse):
    for correction in BASE.corrections.values():
        for name in correction.claims:
            answer = opened(nurse, "claim", name)
            assert correction.text in text_of(answer)
            for right in correction.corrected_by:
                assert reverse("claim", args=[right]) in answer.content.decode()


def test_the_other_side_stands_on_the_card_with_its_own_claims(nurse):
    for claim in BASE.claims.values():
        answer = opened(nurse, "claim", claim.id)
        content, text = answer.content.decode(), text_of(answer)
        for side in BASE.other_side(claim.id):
            assert side.outside_check in text
            for position in side.positions:
                assert position.text in text
                assert all(reverse("claim", args=[name]) in content for name in position.claims)


def test_a_claim_that_nobody_contests_says_so(nurse):
    alone = next(claim for claim in BASE.claims.values() if not claim.disagreements)
    assert "No source on file says otherwise." in text_of(opened(nurse, "claim", alone.id))


def test_a_computed_claim_leads_to_what_it_was_computed_from(nurse):
    for claim in BASE.claims.values():
        content = opened(nurse, "claim", claim.id).content.decode()
        assert all(reverse("claim", args=[name]) in content for name in claim.computed_from)


def test_every_disagreement_shows_all_sides_and_what_is_done(nurse):
    for disagreement in BASE.disagreements.values():
        answer = opened(nurse, "disagreement", disagreement.id)
        text = text_of(answer)
        assert raw_in(text) == [], disagreement.id
        assert disagreement.outside_check in text
        assert all(one.says in text for one in disagreement.software_does)
        assert all(position.text in text for position in disagreement.positions)


# --- the card over another page ---


def test_a_script_gets_the_card_alone(nurse):
    answer = opened(nurse, "claim", "S2.44", headers={"HX-Request": "true"})
    assert "HX-Request" in answer.headers["Vary"]
    assert b"<html" not in answer.content
    assert b'id="card-title"' in answer.content
    assert "The published abstract confirms" in text_of(answer)


def test_the_card_says_the_same_as_the_page(nurse):
    page = text_of(opened(nurse, "claim", "S4.55"))
    card = text_of(opened(nurse, "claim", "S4.55", headers={"HX-Request": "true"}))
    told = card[card.index("What stands behind it") :]
    assert told in page


# --- doors ---


@pytest.mark.parametrize(
    "path",
    [
        "/handbook/claims/S9.99/",
        "/handbook/disagreements/D99/",
        "/handbook/policies/screening/nothing/",
        "/handbook/policies/nothing/iv_ketamine/",
        "/handbook/policies/value_sets/conditions/",
    ],
)
def test_what_is_not_there_is_not_found(nurse, path):
    assert nurse.get(path).status_code == 404


def test_policies_are_for_staff_and_the_handbook_for_those_who_sign_in(pat, signed_in, client):
    answer = signed_in(pat).get("/handbook/policies/screening/iv_ketamine/")
    assert answer.status_code == 403
    assert client.get("/handbook/").status_code == 302


def test_nothing_is_written_to_the_handbook(nurse):
    assert nurse.post("/handbook/claims/S2.44/").status_code == 405
