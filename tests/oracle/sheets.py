"""The sheets of each set, as cells of positions from 0: '' is not reached, 'R' is declined.

A sheet comes as two halves of comma-separated cells, because a half repeats often and can be looked up.
"""

import itertools
import random

from publications import QUESTIONNAIRES

BLANK, DECLINED = "", "R"
SETS = ("epds-all", "phq-9-all", "epds-gaps", "phq-9-gaps", "core-10-gaps", "gad-7-gaps", "phq-2-gaps", "gad-2-gaps")
DEFAULT_ROWS, DEFAULT_SEED = 100_000, 1


def questionnaire_of(set_name):
    return QUESTIONNAIRES[set_name.rsplit("-", 1)[0]]


def header(q):
    return [f"q{item}" for item in q.boxes]


def split_at(q):
    return len(q.boxes) // 2


def halves(set_name, rows=DEFAULT_ROWS, seed=DEFAULT_SEED):
    q = questionnaire_of(set_name)
    return every_sheet(q) if set_name.endswith("-all") else sheets_with_gaps(q, rows, seed)


def every_sheet(q):
    """Every complete sheet, the first item changing slowest."""
    positions = ["".join(map(str, range(len(boxes)))) for boxes in q.boxes.values()]
    at = split_at(q)
    left = [",".join(cells) for cells in itertools.product(*positions[:at])]
    right = [",".join(cells) for cells in itertools.product(*positions[at:])]
    return itertools.product(left, right)


def sheets_with_gaps(q, rows, seed):
    rng = random.Random(f"{q.id} {seed}")
    first = [*whole_sheets(q), *single_gaps(q, rng)]
    if rows < len(first):
        raise SystemExit(f"{q.id}: at least {len(first)} rows are needed, so that every single gap occurs")
    at = split_at(q)
    for cells in itertools.chain(first, (random_sheet(q, rng) for _ in range(rows - len(first)))):
        yield ",".join(cells[:at]), ",".join(cells[at:])


def whole_sheets(q):
    """Nothing answered in either way; everything answered, best and worst."""
    yield [BLANK] * len(q.boxes)
    yield [DECLINED] * len(q.boxes)
    yield [box(boxes, min(boxes)) for boxes in q.boxes.values()]
    yield [box(boxes, max(boxes)) for boxes in q.boxes.values()]


def single_gaps(q, rng):
    """Each item alone missing, in both ways, in a best, a worst and two random sheets."""
    best, worst = list(whole_sheets(q))[2:]
    for place, gap in itertools.product(range(len(q.boxes)), (BLANK, DECLINED)):
        for cells in (best, worst, answers(q, rng), answers(q, rng)):
            yield [*cells[:place], gap, *cells[place + 1:]]


def random_sheet(q, rng):
    """From no gap to nothing but gaps, every number equally often; blank, declined or both."""
    cells = answers(q, rng)
    places = list(range(len(cells)))
    gaps = below(rng, len(cells) + 1)
    declined_share = (0.0, 1.0, rng.random())[below(rng, 3)]
    for _ in range(gaps):
        place = places.pop(below(rng, len(places)))
        cells[place] = DECLINED if rng.random() < declined_share else BLANK
    return cells


def answers(q, rng):
    """A person with one leaning from well to unwell, so that low and high totals occur as often as middling ones."""
    leaning = rng.random()
    cells = []
    for boxes in q.boxes.values():
        worse = sum(rng.random() < leaning for _ in boxes[1:])
        cells.append(box(boxes, sorted(boxes)[worse]))
    return cells


def box(boxes, points):
    return str(boxes.index(points))


def below(rng, n):
    """Whole number from 0 to n-1; random() alone has the same sequence in every Python."""
    return int(rng.random() * n)
