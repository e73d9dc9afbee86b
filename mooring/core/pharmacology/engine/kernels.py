"""The compiled loops. Only this folder imports numba, and only when there is enough to do.

Written for the compiler: plain loops over plain arrays of doubles, one thread each, free of the
interpreter's lock, so that several slices of people run side by side.
"""

import numba
import numpy as np

from mooring.core.pharmacology.engine.groups import GROUP

BLOCK = 64
"""Steps that are worked out side by side."""

NEAR = 1e-6
"""Steps within which a moment may be on a time."""

compiled = numba.njit(cache=True, nogil=True, fastmath={"contract"})
"""Contracting lets the processor multiply and add in one step, rounded once."""
inlined = numba.njit(cache=True, nogil=True, inline="always", fastmath={"contract"})


@inlined
def _mean_decay(exponent):
    """(e^x - 1) / x, which is 1 at 0; a series where the difference would lose its digits."""
    if abs(exponent) < 1e-2:
        return 1 + exponent / 2 * (
            1 + exponent / 3 * (1 + exponent / 4 * (1 + exponent / 5 * (1 + exponent / 6)))
        )
    return (np.exp(exponent) - 1) / exponent


@compiled
def _arrive(now, poles, weights, start, duration, begin, end):
    """Add to `now`, at `end`, what arrived after `begin` of every input."""
    for entry in range(start.size):
        first = max(start[entry], begin)
        last = min(start[entry] + duration[entry], end)
        if duration[entry] == 0:
            if begin < start[entry] <= end:
                for mode in range(poles.size):
                    now[mode] += weights[entry, mode] * np.exp(poles[mode] * (end - first))
        elif last > first:
            share = (last - first) / duration[entry]
            for mode in range(poles.size):
                since = np.exp(poles[mode] * (end - last))
                mean = _mean_decay(poles[mode] * (last - first))
                now[mode] += weights[entry, mode] * share * since * mean


@compiled
def _insert(found, count, number):
    """Put a number into its place of the first `count`; returns how many there are now."""
    place = count
    while place > 0 and found[place - 1] > number:
        found[place] = found[place - 1]
        place -= 1
    found[place] = number
    return count + 1


@compiled
def _breaks(start, duration, times, step, found):
    """Write the numbers of the times between which all steps are alike, rising; returns how many.

    A moment between two times sets its step apart; one that falls on a time, as far as rounding
    can tell, the steps on both sides. What comes at once on a time belongs to the step before.
    """
    last, count = times.size - 1, 0
    for entry in range(start.size):
        for moment in (start[entry], start[entry] + duration[entry]):
            place = min(max((moment - times[0]) / step, -1.0), last + 1.0)
            before, after = int(np.floor(place - NEAR)), int(np.ceil(place + NEAR))
            exact = 0 <= before + 1 <= last and times[before + 1] == moment
            if exact and duration[entry] > 0:
                before, after = before + 1, before + 1
            for number in range(before, after + 1):
                if 0 < number < last:
                    count = _insert(found, count, number)
    return _insert(found, count, last)


@compiled
def _grow(powers, sums, decay):
    """What k steps do: to 1 mg that is there, and to 1 mg that arrives at the end of every step.

    Each doubling is made of the one before, which keeps all terms positive and every digit.
    """
    for mode in range(decay.size):
        powers[mode, 0], sums[mode, 0], width = decay[mode], 1.0, 1
        while width < BLOCK:
            power, total = powers[mode, width - 1], sums[mode, width - 1]
            for step in range(width):
                powers[mode, width + step] = power * powers[mode, step]
                sums[mode, width + step] = total + power * sums[mode, step]
            width *= 2


@inlined
def _add_group(row, seen, now, courses, mode, fresh):
    """Add the courses of three poles to a row, or begin it with them."""
    one, two, three = (
        seen[mode] * now[mode],
        seen[mode + 1] * now[mode + 1],
        seen[mode + 2] * now[mode + 2],
    )
    if fresh:
        for step in range(row.size):
            row[step] = (
                one * courses[mode, step]
                + two * courses[mode + 1, step]
                + three * courses[mode + 2, step]
            )
    else:
        for step in range(row.size):
            row[step] += (
                one * courses[mode, step]
                + two * courses[mode + 1, step]
                + three * courses[mode + 2, step]
            )


@inlined
def _add_pair(row, one, two, three, courses):
    """Write the courses of three poles to two blocks, each course read once for both."""
    first, second, third = (
        one * courses[0, BLOCK - 1],
        two * courses[1, BLOCK - 1],
        three * courses[2, BLOCK - 1],
    )
    for step in range(BLOCK):
        a, b, c = courses[0, step], courses[1, step], courses[2, step]
        row[step] = one * a + two * b + three * c
        row[step + BLOCK] = first * a + second * b + third * c


@compiled
def _free_run(now, powers, seen, found, begin, end):
    """Carry three poles on while nothing arrives, two blocks at a time; returns how far."""
    while end - begin >= 2 * BLOCK:
        for output in range(seen.shape[0]):
            row, part = found[output, begin + 1 : begin + 1 + 2 * BLOCK], seen[output]
            _add_pair(row, part[0] * now[0], part[1] * now[1], part[2] * now[2], powers)
        for mode in range(GROUP):
            now[mode] *= powers[mode, BLOCK - 1] ** 2
        begin += 2 * BLOCK
    return begin


@compiled
def _even_run(now, steady, fed, powers, sums, seen, found, begin, end):
    """Carry `now` from one time to another while `steady` arrives in every step."""
    if not fed and now.size == GROUP:
        begin = _free_run(now, powers, seen, found, begin, end)
    while begin < end:
        width = min(BLOCK, end - begin)
        for output in range(seen.shape[0]):
            row = found[output, begin + 1 : begin + 1 + width]
            for mode in range(0, now.size, GROUP):
                _add_group(row, seen[output], now, powers, mode, mode == 0)
            if fed:
                for mode in range(0, now.size, GROUP):
                    _add_group(row, seen[output], steady, sums, mode, False)
        for mode in range(now.size):
            now[mode] = now[mode] * powers[mode, width - 1] + steady[mode] * sums[mode, width - 1]
        begin += width


@compiled
def _read(now, seen, found, place):
    for output in range(seen.shape[0]):
        total = 0.0
        for mode in range(now.size):
            total += seen[output, mode] * now[mode]
        found[output, place] = total


@inlined
def _any(numbers):
    """Whether one is not 0, without the array that NumPy would make to find out."""
    found = False
    for number in numbers:
        found = found or number != 0
    return found


@compiled
def _person(poles, weights, seen, start, duration, times, step, found, work, powers, sums, breaks):
    now, steady, decay = work
    now[:] = 0.0
    _arrive(now, poles, weights, start, duration, -np.inf, times[0])
    _read(now, seen, found, 0)
    for mode in range(poles.size):
        decay[mode] = np.exp(poles[mode] * step)
    _grow(powers, sums, decay)
    place = 0
    for number in breaks[: _breaks(start, duration, times, step, breaks)]:
        if number > place:
            steady[:] = 0.0
            _arrive(steady, poles, weights, start, duration, times[place], times[place + 1])
            fed = _any(steady)
            _even_run(now, steady, fed, powers, sums, seen, found, place, number)
            place = number


@compiled
def fill(poles, weights, seen, start, duration, times, step, found):
    """Write the curves of some people into `found`, shape (people, outputs, times).

    `poles` (people, modes), `weights` (people, inputs, modes), `seen` (people, outputs, modes),
    `start` and `duration` (people, inputs); `times` are two or more, `step` apart.
    """
    modes = poles.shape[1]
    work = np.empty((3, modes))
    powers, sums = np.empty((modes, BLOCK)), np.empty((modes, BLOCK))
    breaks = np.empty(6 * start.shape[1] + 1, np.int64)
    for one in range(poles.shape[0]):
        _person(
            poles[one],
            weights[one],
            seen[one],
            start[one],
            duration[one],
            times,
            step,
            found[one],
            work,
            powers,
            sums,
            breaks,
        )
