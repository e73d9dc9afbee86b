"""Who may open what, held to a table that people wrote: tests/data/who_may_open.tsv.

The table comes from what each person is there for, not from what the views declare. Its columns:
`anonymous`, a patient at their own record and at another's, the six roles of staff, staff who are
patients too at their own record (a nurse and prescriber), a stranger who signs in without a role,
and a nurse at a restricted chart to whose team she does not belong. Its words: `open`; `closed`
(403); `absent` (404, the same as what is not there); `sign-in`; `asks` (on to the page that asks
for a reason).
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.clinic.platform.routes import every_route
from tests.clinic.platform.who import BODY, COLUMNS, METHODS, WORDS, Visitor, address, rows

pytestmark = pytest.mark.django_db


def test_every_route_has_rows_and_every_row_has_a_route():
    routes = {route.name for route in every_route()}
    written = {row["route"] for row in rows()}
    assert written - routes == set(), "rows of the table without a route"
    assert routes - written == set(), "routes without a row: say in the table who may open them"


def test_the_table_can_be_read():
    twice = [key for key, n in Counter((r["route"], r["method"]) for r in rows()).items() if n > 1]
    assert twice == []
    for row in rows():
        assert row["method"] in METHODS, row
        assert {row[column] for column in COLUMNS} <= WORDS, row


@pytest.mark.parametrize("column", COLUMNS)
def test_each_person_is_told_what_the_table_says(cast, charts, column):
    visitor, routes = Visitor(cast[column]), {route.name: route for route in every_route()}
    table = {(row["route"], row["method"]): row[column] for row in rows()}
    wrong = []
    for name, route in routes.items():
        for method in METHODS:
            path = address(route, charts[column])
            found = visitor.told(method, path, BODY.get(name, {}) if method == "POST" else {})
            wanted = table.get((name, method))
            if wanted is None and found == "open":
                wrong.append(f"{method} {name}: no row in the table, and open to {column}")
            elif wanted is not None and found != wanted:
                wrong.append(f"{method} {name}: {column} should find it {wanted}, found it {found}")
    assert wrong == [], "\n" + "\n".join(wrong)
