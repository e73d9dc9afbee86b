"""The compiled loops of the summaries; see the engine's. Only `compiled` beside it imports them."""

import numba

TILE = 16
"""Times counted together: their steps stay near the processor."""

loop = numba.njit(cache=True, nogil=True)


@loop
def count(counts, bits, shift, first, begin, end):
    """Add one to the step of every concentration between two times.

    `bits` are the digits of the concentrations as whole numbers, shape (people, outputs, times).
    """
    last = counts.shape[2] - 1
    for left in range(begin, end, TILE):
        right = min(left + TILE, end)
        for person in range(bits.shape[0]):
            for output in range(bits.shape[1]):
                for time in range(left, right):
                    step = (bits[person, output, time] >> shift) - first + 1
                    counts[output, time, min(max(step, 0), last)] += 1


@loop
def numbers(curves, times, above, cmax, tmax, auc, over):
    """Write each person's peak, its time, the area (ng·min/mL) and the minutes above thresholds.

    `curves` (people, outputs, times), `cmax`, `tmax` and `auc` (people, outputs), `over`
    (thresholds, people, outputs).
    """
    for person in range(curves.shape[0]):
        for output in range(curves.shape[1]):
            curve = curves[person, output]
            at, area = 0, 0.0
            for time in range(1, times.size):
                area += (curve[time - 1] + curve[time]) / 2 * (times[time] - times[time - 1])
                if curve[time] > curve[at]:
                    at = time
            cmax[person, output], tmax[person, output] = curve[at], times[at]
            auc[person, output] = area
            for number in range(above.size):
                over[number, person, output] = _minutes(curve, times, above[number])


@loop
def _minutes(curve, times, least):
    total = 0.0
    for time in range(1, times.size):
        sides = (curve[time - 1] >= least) + (curve[time] >= least)
        total += sides / 2 * (times[time] - times[time - 1])
    return total
