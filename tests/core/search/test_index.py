"""What a search finds, on a small shelf of our own."""

import pytest

from mooring.core.search import Entry, Index, Kind, excerpt

SHELF = (
    Entry(Kind.CLAIM, "S2.44", "A rise of 30 stops the infusion", "", "blood pressure"),
    Entry(Kind.CLAIM, "S2.48", "Blood pressure peaks within forty minutes", "", "safety"),
    Entry(Kind.CLAIM, "S1.02", "By mouth less reaches the blood", "", "bioavailability"),
    Entry(Kind.DISAGREEMENT, "D14", "When to stop", "One source stops at 30, another at 180.", ""),
    Entry(Kind.CORRECTION, "E01", "The document counts days, not people", "", "S2.15"),
    Entry(Kind.SOURCE, "phq-9", "Patient health questionnaire, PHQ-9", "Kroenke, 2001", ""),
    Entry(Kind.PASSAGE, "safety.bladder", "Bladder", "Cystitis comes with heavy use.", "urinary"),
)
INDEX = Index(SHELF)


def found(question):
    return [hit.entry.id for hit in INDEX.search(question).hits]


@pytest.mark.parametrize("name", [entry.id for entry in SHELF])
@pytest.mark.parametrize("written", [str, str.lower, str.upper, " {} ".format])
def test_an_id_finds_its_entry_first_however_it_is_written(name, written):
    result = INDEX.search(written(name))
    assert result.hits[0].entry.id == name
    assert result.hits[0].by_id


def test_what_has_all_words_comes_and_what_has_only_some_does_not():
    assert set(found("blood pressure")) == {"S2.48", "S2.44"}


def test_a_word_in_the_title_counts_more_than_one_beside_it():
    assert found("pressure") == ["S2.48", "S2.44"]


def test_the_order_of_the_words_does_not_matter():
    assert found("pressure blood") == found("blood pressure")


@pytest.mark.parametrize("typed", ["cyst", "cystitis", "Cystitis!", "cystitsi", "cysttis"])
def test_a_beginning_and_a_slip_of_the_fingers_find_the_word(typed):
    assert found(typed) == ["safety.bladder"]


def test_a_slip_says_how_it_was_read():
    assert INDEX.search("blader").read_as == {"blader": ("bladder",)}
    assert INDEX.search("bladder").read_as == {}


def test_a_number_is_never_read_as_another_number():
    assert found("1800") == []
    assert found("180") == ["D14"]


def test_the_small_words_of_a_question_are_passed_over():
    assert found("what is the bladder") == ["safety.bladder"]


def test_small_words_alone_are_still_looked_up():
    assert found("when to") == ["D14"]


def test_a_compound_is_found_whole_joined_or_by_its_parts():
    assert found("phq9") == found("PHQ-9") == found("phq 9") == ["phq-9"]
    assert found("bladder-cystitis") == ["safety.bladder"]


def test_rare_words_weigh_more_than_common_ones():
    shelf = [Entry(Kind.CLAIM, f"C{n}", "common words", "") for n in range(20)]
    index = Index([*shelf, Entry(Kind.CLAIM, "rare", "", "common seldom")])
    assert [hit.entry.id for hit in index.search("common seldom").hits] == ["rare"]


def test_nothing_found_names_the_words_and_what_stands_nearest():
    result = INDEX.search("blockages")
    assert result.hits == ()
    assert list(result.unknown) == ["blockages"]
    assert all(INDEX.search(word).hits for word in result.unknown["blockages"])


def test_a_word_that_nothing_holds_does_not_hide_what_the_others_find():
    result = INDEX.search("bladder xqzv")
    assert [hit.entry.id for hit in result.hits] == ["safety.bladder"]
    assert list(result.unknown) == ["xqzv"]


@pytest.mark.parametrize("question", ["", "   ", "…", "\x00", "%_'\";--", "a" * 5000, "🙂"])
def test_any_text_can_be_asked(question):
    assert INDEX.search(question).hits == ()


def test_a_hit_says_which_of_its_words_matched():
    hit = INDEX.search("press").hits[0]
    assert hit.words == {"pressure"}


def test_an_empty_shelf_finds_nothing():
    assert Index([]).search("bladder").hits == ()


def test_the_excerpt_is_the_sentence_that_answers():
    text = "It starts slowly. Cystitis comes later. Nobody knows why."
    assert excerpt(text, frozenset({"cystitis"})) == "Cystitis comes later."
    assert excerpt(text, frozenset({"other"})) == "It starts slowly."
    assert excerpt("", frozenset()) == ""
