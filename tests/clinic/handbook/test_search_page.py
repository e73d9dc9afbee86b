"""The search page: found by word, slip and id; nothing shown to a patient that is not for them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from mooring.clinic.handbook.searching import index
from mooring.core import evidence, handbook
from mooring.core.evidence import Flag
from mooring.core.evidence.coverage import By, coverage
from mooring.core.handbook import Face
from tests.clinic.handbook.reading import raw_in, text_of

BASE = evidence.load()
pytestmark = pytest.mark.django_db
SEARCH = "/handbook/search/"


@pytest.fixture
def nurse(bob, signed_in):
    return signed_in(bob)


def asked(client, question, **more):
    answer = client.get(SEARCH, {"q": question, **more})
    assert answer.status_code == 200
    return answer


def links(answer):
    return set(re.findall(r'href="(/handbook/[^"]+)"', answer.content.decode()))


def first_link(answer):
    body = answer.content.decode()
    return re.search(r'class="lines hits">\s*<li><a href="([^"]+)"', body)[1]


@pytest.mark.parametrize(
    ("question", "url"),
    [
        ("S2.44", "/handbook/claims/S2.44/"),
        ("s2.44", "/handbook/claims/S2.44/"),
        ("D14", "/handbook/disagreements/D14/"),
        ("phq-9", "/handbook/sources/phq-9/"),
    ],
)
def test_an_id_leads_straight_to_its_page(nurse, question, url):
    assert first_link(asked(nurse, question)) == url


def test_a_correction_leads_to_the_card_it_stands_on(nurse):
    wrong = BASE.corrections["E15"].claims[0]
    assert first_link(asked(nurse, "E15")) == reverse("claim", args=[wrong])


def test_a_policy_is_found_by_its_title_and_leads_to_its_page(nurse):
    assert "/handbook/policies/stopping/emory_s2/" in links(asked(nurse, "emory", kind="policy"))


def test_the_words_that_matched_are_marked(nurse):
    assert "<mark>pressure</mark>" in asked(nurse, "pressure").content.decode()


def test_a_slip_is_forgiven_and_said(nurse):
    text = text_of(asked(nurse, "benzodiazapines"))
    assert "stands nowhere; shown is" in text
    assert "benzodiazepines" in text


def test_nothing_found_says_what_was_searched_and_what_is_near(nurse):
    text = text_of(asked(nurse, "zzketamznx"))
    assert "Nothing found for “zzketamznx”" in text
    assert f"{len(BASE.claims)} claims" in text
    assert f"{len(BASE.sources)} sources" in text


def test_all_of_one_kind_are_shown_when_asked_for(nurse):
    few, every = asked(nurse, "ketamine"), asked(nurse, "ketamine", kind="claim")
    claims = [url for url in links(every) if "/claims/" in url]
    assert len(claims) > len([url for url in links(few) if "/claims/" in url])
    assert "show every kind" in text_of(every)


def test_a_script_gets_the_results_alone(nurse):
    answer = nurse.get(
        SEARCH, {"q": "bladder"}, headers={"HX-Request": "true", "HX-Target": "found"}
    )
    assert b"<html" not in answer.content
    assert "HX-Target" in answer.headers["Vary"]


@pytest.mark.parametrize("question", ["", "<script>alert(1)</script>", "%", "'; --", "a" * 4000])
def test_any_text_can_be_asked_and_none_is_run(nurse, question):
    answer = asked(nurse, question)
    assert raw_in(text_of(answer).replace(question, "")) == []
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("question", ["ketamine", "S4.55", "S2.55", "mg", "dose", "policy", "D23"])
def test_a_patient_finds_only_what_they_may_open(pat, signed_in, question):
    client = signed_in(pat)
    found = {url for url in links(asked(client, question)) if not url.startswith(SEARCH)}
    assert not any("/policies/" in url for url in found)
    assert {url for url in found if client.get(url.partition("#")[0]).status_code != 200} == set()


@pytest.mark.parametrize(
    "claim", ["S4.17", "choice.order-while-running", "emory-2018.none-stopped"]
)
def test_a_patient_does_not_find_what_only_clinicians_read(pat, bob, signed_in, claim):
    url = reverse("claim", args=[claim])
    assert url in links(asked(signed_in(bob), claim))
    assert url not in links(asked(signed_in(pat), claim, kind="claim"))
    own = [one for one in links(asked(signed_in(pat), "suicide")) if "/claims/" in one]
    assert own and url not in own


def test_a_patient_opens_no_count_of_suicides_and_no_amount_on_a_card(pat, signed_in):
    client = signed_in(pat)
    assert client.get(reverse("claim", args=["S4.17"])).status_code == 404
    for source in ("emory-2018", "van-de-loo", "cadss-ketamine"):
        text = text_of(client.get(reverse("source", args=[source])))
        assert not re.search(r"\d\s?mg", text), source


def test_a_patient_is_not_told_of_words_that_only_hidden_claims_hold():
    hidden = index(handbook.load(), Face.CLINICIAN)
    shown = index(handbook.load(), Face.PATIENT)
    assert len(shown.entries) < len(hidden.entries)


def test_the_index_is_made_once_for_a_state_of_the_handbook():
    book = handbook.load()
    assert index(book, Face.PATIENT) is index(book.revised({}), Face.PATIENT)


def test_every_first_page_has_the_search(nurse):
    for page in ("/handbook/", "/handbook/sources/", SEARCH):
        assert f'action="{SEARCH}"' in nurse.get(page).content.decode(), page


# --- sources ---


def test_the_list_leads_to_every_source(nurse):
    found = links(nurse.get("/handbook/sources/"))
    assert {reverse("source", args=[name]) for name in BASE.sources} <= found


def test_the_list_says_what_carries_the_founding_statements(nurse, signed_in, pat):
    found = coverage(BASE)
    told = text_of(nurse.get("/handbook/sources/"))
    assert f"Of their 275 statements {found.count(By.RULE)} are carried by a rule, " in told
    assert f"{found.count(None)} by nothing." in told
    assert "275 statements" not in text_of(signed_in(pat).get("/handbook/sources/"))


def test_every_source_says_what_it_is_and_leads_to_its_claims(nurse):
    for source in BASE.sources.values():
        answer = nurse.get(reverse("source", args=[source.id]))
        text = text_of(answer)
        assert raw_in(text) == [], source.id
        assert "Conflict of interest" in text and "Funding" in text
        assert " ".join(source.conflict_of_interest.split()) in text, source.id
        own = {reverse("claim", args=[c.id]) for c in BASE.claims.values() if c.source == source.id}
        assert own <= links(answer), source.id


def test_a_patient_sees_no_kept_claim_on_a_source(pat, signed_in):
    client = signed_in(pat)
    kept = {c for c in BASE.claims.values() if {Flag.DANGEROUS, Flag.DOSE} & set(c.flags)}
    for source in {claim.source for claim in kept if claim.source}:
        found = links(client.get(reverse("source", args=[source])))
        assert not {reverse("claim", args=[claim.id]) for claim in kept} & found, source


def test_a_source_that_is_not_there_is_not_found(nurse):
    assert nurse.get("/handbook/sources/nothing/").status_code == 404


# --- the file ---


@pytest.mark.parametrize("form", ["json", "csv"])
def test_staff_may_keep_the_whole_base_as_a_file(nurse, form):
    answer = nurse.get(f"/handbook/evidence.{form}")
    assert answer.status_code == 200
    assert f'.{form}"' in answer.headers["Content-Disposition"]
    assert BASE.version.version in answer.content.decode()


def test_patients_get_no_file_and_there_is_no_other_form(pat, bob, signed_in):
    assert signed_in(bob).get("/handbook/evidence.xlsx").status_code == 404
    assert signed_in(pat).get("/handbook/evidence.json").status_code == 403
