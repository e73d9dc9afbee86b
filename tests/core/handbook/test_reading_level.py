"""Patients read plain words: the Flesch-Kincaid grade of each chapter stays low.

Grade = 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid, Fishburne, Rogers and
Chissom 1975, Navy research branch report 8-75). Grade 8 is what the average adult reads with
ease. Names of medicines and instruments are long whatever the text, so a chapter may reach 9.
"""

import re

import pytest
from pyphen import Pyphen

from mooring.core import handbook
from mooring.core.handbook import Chapter, Face
from mooring.core.handbook.sentences import sentences

LIMIT = 9.0
PATIENT_CHAPTERS = handbook.load().for_reader(Face.PATIENT).chapters
HYPHENS = Pyphen(lang="en_US", left=1, right=1)


def grade(texts: list[str]) -> float:
    read = [sentence.text for text in texts for sentence in sentences(text)]
    words = [word for sentence in read for word in re.findall(r"[A-Za-z]+", sentence)]
    syllables = sum(len(HYPHENS.positions(word)) + 1 for word in words)
    return 0.39 * len(words) / len(read) + 11.8 * syllables / len(words) - 15.59


def test_a_childs_sentence_is_easy_and_a_lawyers_is_not() -> None:
    assert grade(["The dog ran to the man. He was glad."]) < 2
    assert (
        grade(
            [
                "Notwithstanding administrative considerations, pharmacological interactions "
                "necessitate comprehensive individualised evaluation."
            ]
        )
        > 16
    )


@pytest.mark.parametrize("chapter", PATIENT_CHAPTERS, ids=lambda chapter: chapter.id)
def test_a_chapter_is_plain_enough_for_patients(chapter: Chapter) -> None:
    assert grade([passage.text(Face.PATIENT) for passage in chapter.passages]) <= LIMIT
