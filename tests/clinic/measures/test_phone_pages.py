"""A patient answers through a personal link: pages, drafts, help in a crisis, dead links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mooring.clinic.measures.actions import assign, renew_link
from mooring.clinic.measures.models import Response
from mooring.clinic.tasks.models import Task
from tests.clinic.measures.steps import DAY, HOUR, ITEMS, NOTHING, SIXTEEN, answered, command_line
from tests.clinic.measures.walk import address, answer_all, begin, send, sent
from tests.support.behind import save_behind

pytestmark = pytest.mark.django_db


def asked(patient, course, due_in=timedelta(0), occasion="weekly"):
    due_at = timezone.now() + due_in
    return assign(
        command_line(),
        patient=patient,
        measure="phq9",
        occasion=occasion,
        due_at=due_at,
        expires_at=due_at + 3 * DAY,
        course=course,
        now=due_at,
    )


@pytest.fixture
def scale(patient, course):
    """A weekly PHQ-9 that is open now."""
    return asked(patient, course)


@pytest.fixture
def phone():
    """A browser that nobody is signed in to and that checks forms for forgery."""
    return Client()


def test_nine_answers_and_one_sending_store_the_score(phone, scale):
    page = answer_all(phone, scale.token, SIXTEEN)
    assert "Look over and send" in page.content.decode()
    assert "Thank you" in send(phone, scale.token).content.decode()
    response = Response.objects.get()
    assert (response.assignment, response.total, response.answers) == (scale, 16, SIXTEEN)
    assert response.started_at <= response.completed_at


def test_first_page_says_who_asks_how_long_it_takes_and_who_reads_it(phone, scale):
    page = phone.get(address(scale.token)).content.decode()
    assert "Harbour Clinic asks you nine short questions. It takes about a minute." in page
    assert "The people who treat you there can read them." in page


def test_pages_name_no_patient(phone, scale):
    pages = [phone.get(address(scale.token)), begin(phone, scale.token)]
    pages += [answer_all(phone, scale.token, NOTHING), send(phone, scale.token)]
    assert not any("Marsh" in page.content.decode() for page in pages)


def test_every_page_has_the_clinics_own_crisis_words_and_numbers(phone, scale, patient, course):
    pages = [phone.get(address(scale.token)), begin(phone, scale.token)]
    pages += [phone.get(address(scale.token, number)) for number in range(1, 10)]
    pages += [answer_all(phone, scale.token, NOTHING), send(phone, scale.token)]
    pages += [phone.get(address("nothing")), Client().get(address(scale.token))]
    pages += [phone.get(address(asked(patient, course, 30 * DAY).token))]
    for page in pages:
        words = page.content.decode()
        assert "If you might act on thoughts of harming yourself, call now." in words
        assert 'href="tel:555-0100"' in words
        assert 'href="tel:555-0199"' in words


def test_each_question_shows_the_stem_four_answers_and_how_far_it_is(phone, scale):
    begin(phone, scale.token)
    page = phone.get(address(scale.token, 3)).content.decode()
    assert "3 of 9" in page
    assert "Over the last 2 weeks, how often have you been bothered" in page
    assert "Trouble falling or staying asleep" in page
    assert [page.count(f'name="value" value="{value}"') for value in range(4)] == [1, 1, 1, 1]
    assert f'href="{address(scale.token, 2)}"' in page


def test_reload_and_going_back_lose_nothing(phone, scale):
    begin(phone, scale.token)
    for number in (1, 2, 3):
        phone.post(address(scale.token, number), {"value": "2"})
    assert 'value="2" aria-pressed="true"' in phone.get(address(scale.token, 2)).content.decode()
    assert "Go on" in phone.get(address(scale.token)).content.decode()
    assert begin(phone, scale.token).request["PATH_INFO"] == address(scale.token, 4)


def test_changed_answer_counts(phone, scale):
    answer_all(phone, scale.token, NOTHING)
    page = phone.post(address(scale.token, 5), {"value": "3"}, follow=True)
    assert page.request["PATH_INFO"] == address(scale.token, "check")
    send(phone, scale.token)
    assert Response.objects.get().answers == {**NOTHING, "phq9.5": 3}


def test_nothing_can_be_sent_before_every_question_was_met(phone, scale):
    begin(phone, scale.token)
    phone.post(address(scale.token, 1), {"value": "1"})
    page = phone.post(address(scale.token, "check"), follow=True)
    assert page.request["PATH_INFO"] == address(scale.token)
    assert not Response.objects.exists()


def test_skipped_question_comes_up_before_the_end(phone, scale):
    begin(phone, scale.token)
    page = phone.post(address(scale.token, 9), {"value": "0"}, follow=True)
    assert page.request["PATH_INFO"] == address(scale.token, 1)


def test_item_can_be_left_out_on_purpose_and_then_there_is_no_total(phone, scale):
    answer_all(phone, scale.token, {**SIXTEEN, "phq9.4": "none"})
    send(phone, scale.token)
    response = Response.objects.get()
    assert response.total is None
    assert set(ITEMS) - set(response.answers) == {"phq9.4"}


@pytest.mark.parametrize("value", ["4", "-1", "", "zero", "1.0", "\x00", "１", "9" * 4000])
def test_answer_that_is_none_of_the_four_asks_again(phone, scale, value):
    begin(phone, scale.token)
    page = phone.post(address(scale.token, 1), {"value": value}, follow=True)
    assert page.status_code == 200
    assert "1 of 9" in page.content.decode()


def test_above_0_on_item_9_shows_crisis_help_first_even_before_sending(phone, scale):
    page = answer_all(phone, scale.token, {**NOTHING, "phq9.9": 1}).content.decode()
    assert page.index("555-0100") < page.index("Send my answers")


def test_answer_that_calls_someone_tells_them_before_the_form_is_sent(phone, scale, alice):
    page = answer_all(phone, scale.token, {**NOTHING, "phq9.9": 1}).content.decode()
    assert Task.objects.get().owner == alice
    assert "already has your answer about such thoughts" in page
    assert "<b>A. Lindqvist</b>" in page
    assert not Response.objects.exists()


def test_same_answer_tapped_twice_is_kept_once(phone, scale):
    begin(phone, scale.token)
    for _ in range(2):
        phone.post(address(scale.token, 9), {"value": "2"})
    assert scale.watched_answers.count() == 1


def test_other_answers_stay_on_the_phone_until_they_are_sent(phone, scale):
    answer_all(phone, scale.token, SIXTEEN)
    assert not scale.watched_answers.exists()
    assert not Task.objects.exists()


def test_item_9_declined_opens_the_task_and_leads_to_help(phone, scale, alice):
    answer_all(phone, scale.token, {**NOTHING, "phq9.9": "none"})
    assert Task.objects.get().owner == alice
    page = send(phone, scale.token).content.decode()
    assert "You would rather not say" in page
    assert "A task has been opened for <b>A. Lindqvist</b>" in page


def test_above_0_on_item_9_leads_at_once_to_crisis_help_and_says_who_was_told(phone, scale):
    page = sent(phone, scale.token, {**NOTHING, "phq9.9": 2}).content.decode()
    assert "Thank you for telling us" in page
    assert "A task has been opened for <b>A. Lindqvist</b>" in page
    assert Task.objects.get().owner.display_name == "A. Lindqvist"


def test_where_nobody_could_be_told_the_page_does_not_say_so(phone, scale, alice):
    alice.is_active = False
    alice.save()
    page = sent(phone, scale.token, {**NOTHING, "phq9.9": 2}).content.decode()
    assert "Thank you for telling us" in page
    assert "task" not in page


def test_second_tap_on_send_stores_and_opens_nothing_twice(phone, scale):
    answer_all(phone, scale.token, {**NOTHING, "phq9.9": 3})
    send(phone, scale.token)
    again = send(phone, scale.token)
    assert "Thank you for telling us" in again.content.decode()
    assert (Response.objects.count(), Task.objects.count()) == (1, 1)


def test_second_tap_that_overtakes_the_first_still_leads_to_crisis_help(phone, scale):
    answers = {**NOTHING, "phq9.9": 3}
    answer_all(phone, scale.token, answers)
    answered(scale, answers, at=timezone.now())
    assert "Thank you for telling us" in send(phone, scale.token).content.decode()
    assert Task.objects.count() == 1


def test_another_browser_with_the_link_learns_nothing_of_the_answers(phone, scale):
    sent(phone, scale.token, {**NOTHING, "phq9.9": 3})
    page = Client().get(address(scale.token, "done"), follow=True).content.decode()
    assert "These answers have arrived" in page
    assert "telling us" not in page


def what_it_says(page):
    """The page itself, without the masked form key that is new on every one."""
    return page.content.decode().partition('<div class="phone">')[2]


def closed_pages(patient, course):
    """A link of each kind that cannot be answered, with the words that tell what to do."""
    early = asked(patient, course, 10 * DAY)
    missed = asked(patient, course, -10 * DAY)
    cancelled = asked(patient, course, HOUR)
    cancelled.cancelled_at = timezone.now() - HOUR
    cancelled.save()
    used = asked(patient, course, 2 * HOUR)
    answered(used, at=timezone.now())
    return [
        (early.token, 200, "come back then"),
        (missed.token, 410, "The next ones come at their own time"),
        (cancelled.token, 410, "use the newest link"),
        (used.token, 200, "Nothing more is needed"),
        ("x" * 43, 404, "ask the clinic for a new one"),
    ]


def test_each_link_that_is_over_tells_kindly_what_to_do(phone, patient, course):
    for token, status, words in closed_pages(patient, course):
        for part in ("", 1, "check", "done"):
            page = phone.get(address(token, part))
            assert page.status_code == status
            assert words in page.content.decode()


def test_nothing_can_be_posted_through_a_link_that_is_over(phone, patient, course):
    for token, status, _words in closed_pages(patient, course):
        for part in ("", 1, "check"):
            assert phone.post(address(token, part), {"value": "1"}).status_code == status
    assert Response.objects.count() == 1  # the one that closed_pages answered


@pytest.mark.parametrize("token", ["x", "x" * 43, "é" * 300, "%00", "..", "'--", "%F0%9F%8C%8A"])
def test_every_unknown_token_gets_the_same_page(phone, scale, token):
    page = phone.get(f"/scales/a/{token}/")
    assert page.status_code == 404
    assert what_it_says(page) == what_it_says(phone.get(address("unknown")))


def test_token_of_a_replaced_link_is_unknown(phone, scale):
    old = scale.token
    renew_link(command_line(), assignment=scale, now=timezone.now())
    assert phone.get(address(old)).status_code == 404


def test_answers_stay_when_the_link_is_renewed_on_the_way(phone, scale):
    answer_all(phone, scale.token, SIXTEEN)
    renewed = renew_link(command_line(), assignment=scale, now=timezone.now())
    send(phone, renewed.token)
    assert Response.objects.get().answers == SIXTEEN


def test_answers_begun_in_time_can_be_sent_after_the_window_has_closed(phone, scale):
    answer_all(phone, scale.token, SIXTEEN)
    scale.due_at = timezone.now() - 3 * DAY
    scale.expires_at = timezone.now()
    save_behind(scale)
    # The draft began a moment before: the window closed while the patient was answering.
    assert "Thank you" in send(phone, scale.token).content.decode()


@pytest.mark.parametrize("number", ["0", "10", "999999999999999999999999"])
def test_question_that_is_none_of_the_nine_leads_to_the_first_page(phone, scale, number):
    begin(phone, scale.token)
    page = phone.get(address(scale.token, number), follow=True)
    assert page.request["PATH_INFO"] == address(scale.token)


def test_pages_are_not_kept_by_the_browser_nor_found_by_search(phone, scale):
    page = phone.get(address(scale.token))
    assert page["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"


def test_forged_form_is_refused(scale):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(scale.token)).status_code == 403


def test_pages_ask_for_no_more_than_reading_and_sending(phone, scale):
    for method in (phone.put, phone.delete, phone.patch):
        assert method(address(scale.token)).status_code == 405
