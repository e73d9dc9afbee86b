"""Two editors who save the same passage in the same moment, each with a connection of their own."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from mooring.clinic.actions import RefusedError
from mooring.clinic.handbook.models import Revision
from mooring.clinic.handbook.reading.current import digest
from tests.clinic.handbook.review.steps import remarked, revised, standing


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("asked", [False, True])
def test_one_of_them_saves_and_the_other_is_told(alice, olga, bob, asked):
    remark = remarked(bob) if asked else None
    opened, start, came = digest(standing()), threading.Barrier(2), []

    def save(editor, text):
        start.wait()
        try:
            made = revised(editor, patient=text, opened_digest=opened, remark=remark)
            came.append(made.number)
        except RefusedError as refused:
            came.append(str(refused))
        finally:
            connection.close()

    texts = {alice: "It rises {S2.41}.", olga: "It climbs {S2.41}."}
    threads = [threading.Thread(target=save, args=one) for one in texts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = [one for one in came if isinstance(one, str)]
    assert came.count(1) == len(told) == 1
    assert "changed after you opened it" in told[0] or "accepted meanwhile" in told[0]
    assert Revision.objects.get().new == standing()
