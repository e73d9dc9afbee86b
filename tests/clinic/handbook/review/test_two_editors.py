"""Two editors in the same moment, each with a connection of their own: one saves, one is told."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from mooring.clinic.actions import RefusedError
from mooring.clinic.handbook.models import Draft, Revision
from mooring.clinic.handbook.reading.current import digest
from tests.clinic.handbook.review.steps import proposed, published, remarked, standing


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("asked", [False, True])
def test_one_of_them_saves_and_the_other_is_told(alice, olga, bob, asked):
    remark = remarked(bob) if asked else None
    opened, start, came = digest(standing()), threading.Barrier(2), []

    def save(editor, text):
        start.wait()
        try:
            came.append(proposed(editor, patient=text, opened_digest=opened, remark=remark))
        except RefusedError as refused:
            came.append(str(refused))
        finally:
            connection.close()

    texts = {alice: "It rises {S2.41}.", olga: "It climbs {S2.41}."}
    together([threading.Thread(target=save, args=one) for one in texts.items()])
    (told,) = [one for one in came if isinstance(one, str)]
    assert "changed after you opened it" in told
    assert Draft.objects.get() in came


@pytest.mark.django_db(transaction=True)
def test_a_draft_is_published_once(alice, olga, ray, bob):
    from mooring.clinic.accounts.models import RoleAssignment

    RoleAssignment.objects.create(user=ray, role="owner")
    draft = proposed(alice, patient="It rises {S2.41}.", remark=remarked(bob))
    start, came = threading.Barrier(2), []

    def look(editor):
        start.wait()
        try:
            came.append(published(editor, draft).number)
        except RefusedError as refused:
            came.append(str(refused))
        finally:
            connection.close()

    together([threading.Thread(target=look, args=(one,)) for one in (olga, ray)])
    assert came.count(1) == 1
    assert "It was published meanwhile" in next(one for one in came if one != 1)
    assert Revision.objects.get().new == standing()


def together(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
