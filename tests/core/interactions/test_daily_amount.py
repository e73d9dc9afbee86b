"""How much a day: read where the words say it, unknown with a reason where they do not."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.drugs.interactions import daily_amount


@pytest.mark.parametrize(
    ("text", "dose", "mg"),
    [
        ("diazepam 5 mg daily", "", "5"),
        ("diazepam", "8.1 mg/day", "8.1"),
        ("diazepam 5 MG Oral Tablet", "1 tablet, 2 × per day", "10"),
        ("lorazepam 1mg", "2 tablets twice a day", "4"),
        ("lorazepam", "0.5 mg BID", "1"),
        ("lorazepam", "0.5 mg b.i.d.", "1"),
        ("lorazepam", "0.5 mg tid", "1.5"),
        ("lorazepam", "0.5 mg qid", "2"),
        ("lorazepam", "0.5 mg q8h", "1.5"),
        ("lorazepam", "0.5 mg every 12 hours", "1"),
        ("lorazepam", "0.5 mg 3 times a day", "1.5"),
        ("lorazepam", "0.5 mg 3x daily", "1.5"),
        ("lorazepam", "0.5 mg qhs", "0.5"),
        ("lorazepam", "0.5 mg once daily at bedtime", "0.5"),
        ("lorazepam", "0.5 mg in the morning and at bedtime", "1"),
        ("lorazepam", "0.5 mg twice daily, morning and evening", "1"),
        ("lorazepam", "0.5 mg morning, noon and night", "1.5"),
        ("lorazepam", "0.5 mg every other day", "0.25"),
        ("lorazepam", "1 mg every 2 days", "0.5"),
        ("diazepam", "7 mg weekly", "1"),
        ("diazepam", "7 mg three times weekly", "3"),
        ("diazepam", "2 x 5 mg daily", "10"),
        ("clonazepam .5mg", "half a tablet at bedtime", "0.25"),
        ("clonazepam 0.5 mg", "½ tab nightly", "0.25"),
        ("clonazepam 0.5 mg", "1½ tablets nightly", "0.75"),
        ("clonazepam 0.5 mg", "1 1/2 tablets nightly", "0.75"),
        ("clonazepam", "0,5 mg daily", "0.5"),
        ("clonazepam", "500 mcg daily", "0.5"),
        ("clonazepam", "500 μg daily", "0.5"),
        ("sodium oxybate", "4.5 g nightly", "4500"),
        ("meprobamate", "400 milligrams tid", "1200"),
        ("lorazepam 1 mg tabs, take 1 tab po tid", "", "3"),
        ("lorazepam 1 mg", "two tablets daily for 7 days", "2"),
        ("diazepam 5 MG", "5 mg daily", "5"),
        ("diazepam 5 MG", "a tablet once a day", "5"),
        ("diazepam 5 MG", "an oral tablet once daily", "5"),
        ("diazepam 5 MG", "three tablets thrice daily", "45"),
        ("diazepam 5 MG", "four tablets four times a day", "80"),
        ("diazepam", "5 mg two times a day", "10"),
        ("diazepam", "5 mg three times a day", "15"),
        ("diazepam 5 MG", "one tablet one time a day", "5"),
        ("lorazepam 1 mg tablet", "Take 1 tablet (1 mg total) by mouth 2 (two) times daily", "2"),
        ("lorazepam 1 mg tablet", "Take 0.5 tablets (0.5 mg total) by mouth nightly", "0.5"),
        ("lorazepam 1 mg tablet", "take one at bedtime", "1"),
        ("lorazepam", "1 mg at 8 am and 9:30 pm", "2"),
        ("24 HR lorazepam 2 MG Extended Release Oral Capsule", "1 capsule every morning", "2"),
        ("lorazepam 1 mg", "TAKE ONE TABLET BY MOUTH TWICE DAILY", "2"),
        ("lorazepam 2 mg", "1 mg morning, 2 mg night", "3"),
        ("diazepam 2 MG/ML Oral Solution", "5 ml bid", "20"),
        ("lorazepam 0.5 mg", "1 mg (2 tablets) bid", "2"),
        ("lorazepam 0.5 mg", "1 tablet am, 2 tablets pm", "1.5"),
        ("lorazepam 1 mg", "3/4 tablet daily", "0.75"),
        ("lorazepam 1 mg", "two and a half tablets daily", "2.5"),
        ("lorazepam 1 mg", "1 in the morning and 2 at night", "3"),
        ("lorazepam 1 mg", "five times daily", "5"),
        ("lorazepam 1 mg", "1-0-1", "2"),
        ("lorazepam 1 mg", "daily, dispense 30 tablets", "1"),
    ],
)
def test_the_words_say_how_much_a_day(text: str, dose: str, mg: str) -> None:
    assert daily_amount(text, dose).mg == Fraction(mg)
    assert daily_amount(text, dose).why_not == ""


@pytest.mark.parametrize(
    ("text", "dose", "why"),
    [
        ("lorazepam", "", "no amount is written"),
        ("lorazepam", "daily", "no amount is written"),
        ("lorazepam 1 mg", "", "how often is not written"),
        ("lorazepam 1 mg", "as needed", "taken as needed"),
        ("lorazepam 1 mg prn", "twice daily", "taken as needed"),
        ("lorazepam 1 mg", "up to 3 times a day", "only an upper limit is written"),
        ("lorazepam 1 mg", "daily, then taper", "the dose changes"),
        ("lorazepam 1 mg daily", "stopped in May", "it may not be taken any more"),
        ("lorazepam 4 mg", "daily in divided doses", "whether the amount is of a day or of one"),
        ("lorazepam 1 mg", "1 (unit not stated), 1 × per day", "the unit of the dose is not"),
        ("temazepam 15 mg", "1-2 caps qhs", "a range is written"),
        ("temazepam", "15 to 30 mg qhs", "a range is written"),
        ("temazepam 15 mg", "every 6-8 hours", "how often is written as a range"),
        ("temazepam 15 mg", "1 to 2 times daily", "how often is written as a range"),
        ("lorazepam 0 mg daily", "", "0 mg is written"),
        ("lorazepam 1 mg", "0 tablets daily", "0 tablets are written"),
        ("lorazepam 0.5 mg 2 tablets bid", "", "whether the amount is of one tablet or of all"),
        ("lorazepam", "2,5 mg daily", "a number is written that can be read in two ways"),
        ("lorazepam", "1,000 mg daily", "a number is written that can be read in two ways"),
        ("lorazepam", "1 500 mg daily", "a number is written that can be read in two ways"),
        ("lorazepam tab.5 mg daily", "", "a number is written that can be read in two ways"),
        ("lorazepam 1 mg", "every 0 hours", "how often is not written"),
        ("lorazepam 1 mg", "twice daily, every 8 hours", "how often is written in more than one"),
        ("lorazepam 1 mg", "three times a day, morning and night", "how often is written in more"),
        ("lorazepam 1 mg", "daily, morning and night", "how often is written in more than one"),
        ("lorazepam 1 mg", "every 2 weeks", "how often in a day is not written"),
        ("lorazepam 1 mg", "one to two tablets daily", "a range is written"),
        ("lorazepam 1 mg", "qd-bid", "how often is written in more than one way"),
        ("lorazepam 1 mg", "daily or twice daily", "how often is written in words that were not"),
        ("lorazepam 1 mg", "0 tablets (0 mg total) daily", "0 mg is written"),
        ("lorazepam 1 mg", "1 mg am, 5 mg bid, 2 mg hs", "more than one amount is written"),
        ("lorazepam 0.5 mg", "1 tablet am, 2 tablets pm or hs", "more than one number of tablets"),
        ("lorazepam 1 mg", "5/7 tablet daily", "a fraction is written"),
        ("lorazepam 1 mg", "daily, dispense as written", "more than the dose is written"),
        ("lorazepam 1 mg", "30 x 1 mg bid", "more than the dose is written"),
        ("lorazepam 1 mg", "every 4 hours while awake", "how many hours of the day are meant"),
        ("lorazepam 1 mg", "bid on bridge days", "words stand beside the amount"),
        ("lorazepam 1 mg", "qam-qhs", "words stand beside the amount"),
        ("lorazepam 1 mg", "1 am, 2 pm", "a number is written that can be read in two ways"),
        ("lorazepam 1 mg", "1 tab am, 1 tab am", "how often is written in more than one way"),
        ("lorazepam 1 mg", "monthly", "how often in a day is not written"),
    ],
)
def test_what_the_words_leave_open_is_unknown_with_the_reason(
    text: str, dose: str, why: str
) -> None:
    found = daily_amount(text, dose)
    assert found.mg is None
    assert found.why_not.startswith(why)


def test_a_point_without_its_zero_is_not_read_tenfold() -> None:
    assert daily_amount("clonazepam .5 mg daily").mg == Fraction("0.5")


@given(
    st.decimals(min_value="0.01", max_value=100, places=2),
    st.sampled_from([("daily", 1), ("bid", 2), ("three times a day", 3), ("q6h", 4)]),
)
def test_an_amount_and_a_number_of_times_are_multiplied_exactly(amount, often) -> None:
    words, times = often
    assert daily_amount("diazepam", f"{amount} mg {words}").mg == Fraction(amount) * times


@given(st.text(), st.text())
def test_no_words_make_it_fail_and_none_make_it_0(text: str, dose: str) -> None:
    found = daily_amount(text, dose)
    assert found.mg is None or found.mg > 0
