"""A file of 50 MB is read piece by piece: the same is found in it, in little memory.

How much memory a whole import takes is measured by `python -m benchmarks.import_memory`.
"""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.clinic.imports.actions import Received
from mooring.clinic.imports.models import ImportBatch
from mooring.exchange.fhir import parsing, pieces
from mooring.exchange.fhir.importing import import_bytes
from mooring.exchange.fhir.parsing import Reader, Trouble, require_text
from mooring.exchange.fhir.received import read_content
from mooring.exchange.fhir.unfit import UnfitError
from tests.exchange.bundles import NOW, SYNTHEA, importer

FILES = sorted(SYNTHEA.glob("*.json"))
plain = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(max_size=20)
json_data = st.recursive(
    plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=8), inner)
)


@contextmanager
def windows_of(size: int) -> Iterator[None]:
    """Text is made of so few bytes at a time, and no data stays in memory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "_WINDOW", size)
        patch.setattr(pieces, "SMALL", 0)
        yield


@given(json_data, st.integers(1, 40), st.booleans())
def test_any_value_is_read_as_the_standard_library_reads_it(data, size, ascii_only):
    text = json.dumps(data, ensure_ascii=ascii_only, indent=1)
    with windows_of(size):
        reader = Reader(text.encode())
        found = reader.value()
        reader.require_end()
    assert found == json.loads(text, parse_int=Decimal)


@given(json_data, st.data(), st.integers(1, 40))
def test_a_text_cut_anywhere_is_refused_with_the_place_where_it_stops(data, draw, size):
    text = json.dumps([data], ensure_ascii=False)
    cut = text[: draw.draw(st.integers(1, len(text) - 1))]
    with windows_of(size), pytest.raises(UnfitError, match=r"^line 1, column \d+: ") as refused:
        Reader(cut.encode()).value()
    column = int(str(refused.value).split("column ")[1].split(":")[0])
    assert 1 <= column <= len(cut) + 1


@pytest.mark.parametrize("size", [64, 1000])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.split("_")[0])
def test_a_file_read_in_small_pieces_says_the_same(db, path, size):
    content = path.read_bytes()
    whole = read_content(content, path.name, NOW)
    with windows_of(size):
        in_pieces = read_content(content, path.name, NOW)
        assert said(in_pieces) == said(whole)


def said(received: Received) -> tuple[object, ...]:
    """What was found in a file, to be compared: unsaved rows have keys of their own."""
    rows = [
        {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if field.attname not in ("id", "patient_id")
        }
        for row in (received.patient, *received.rows)
    ]
    texts = [received.text_of(line.position) for line in received.kept]
    return rows, received.kept, received.came, received.counts, received.incomplete, texts


def test_bytes_that_are_no_text_are_named_by_their_place_in_the_file():
    before = "ä".encode() * 200_000
    with pytest.raises(UnfitError, match=r"^byte 400001: .*UTF-8"):
        require_text(before + b"\xff" + before)
    with pytest.raises(UnfitError, match=r"^byte 400001: .*UTF-8"):
        require_text(before + b"\xc3")
    require_text(before)


def test_a_field_that_stands_twice_stays_trouble():
    assert isinstance(Reader(b'{"a": 1, "a": 2}').value(), Trouble)


def test_a_large_file_is_never_data_as_a_whole(db):
    """Seven megabytes of resources that Mooring only keeps: their data would take far more."""
    observation = '{"resource": {"resourceType": "Claim", "id": "%d", "item": [%s]}}'
    item = '{"sequence": 1, "productOrService": {"text": "visit"}, "net": {"value": 1.00}}'
    items = ", ".join([item] * 90)
    patient = '{"resource": {"resourceType": "Patient", "id": "p", "identifier": [{"value": "7"}],'
    patient += ' "name": [{"family": "Quill"}], "gender": "female", "birthDate": "1980-04-05"}}'
    entries = [patient, *(observation % (number, items) for number in range(1000))]
    head = '{"resourceType": "Bundle", "type": "collection", "entry": ['
    content = (head + ", ".join(entries) + "]}").encode()
    tracemalloc.start()
    received = read_content(content, "large.json", NOW)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(received.kept) == 1000
    assert len(content) > pieces.SMALL
    assert peak < len(content), f"{peak:,} bytes for a file of {len(content):,}"


def test_a_file_that_an_earlier_version_kept_in_clear_is_still_given_back():
    text = FILES[0].read_text()
    assert ImportBatch(content=text).received == FILES[0].read_bytes()


def test_a_mark_at_the_start_of_the_file_is_no_part_of_it(db):
    content = FILES[0].read_bytes()
    marked = import_bytes(b"\xef\xbb\xbf" + content, "marked.json", importer(), NOW)
    assert marked.received == b"\xef\xbb\xbf" + content
    assert marked.kept.first().content in content.decode()
