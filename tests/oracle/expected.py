"""What the publications say about a sheet, worked out over everything the missing answers could still be.

No interval arithmetic and no three-valued tables: for each half of a sheet we carry the SET of results that are still
possible (one result if nothing is missing), built by trying every box of every missing item, and join the halves.
A set of totals is a whole number whose bit n stands for the total n. A statement is certain when it holds for every
result in the set, excluded when it holds for none, and otherwise open.
"""

from fractions import Fraction
from typing import NamedTuple

from sheets import BLANK, DECLINED, split_at

MISSING = (BLANK, DECLINED)


class Column(NamedTuple):
    name: str
    decimal: bool = False       # compare as a number: a prorated or mean score
    by_prefix: bool = False
    after: str = ""             # the contract puts this column directly after that one


class Half(NamedTuple):
    totals: tuple               # per scale: the set of sums still possible
    missing: tuple              # per scale: how many items are missing
    critical: str               # "" (not in this half), endorsed, denied, unknown
    symptoms: frozenset         # (core symptoms, all symptoms) still possible


def columns(q):
    found = []
    for scale in q.scales:
        name = f"{q.prefix}_{scale.id}"
        found.append(Column(name, decimal=scale.may_miss > 0))
        found += [Column(f"{name}_{part}", after=f"{name}{before}")
                  for before, part in (("", "status"), ("_status", "lowest"), ("_lowest", "highest"))]
        if scale.bands is not None:
            found.append(Column(f"{name}_band", after=f"{name}_highest"))
        found += [Column(f"{q.prefix}_at_least_{cut}") for cut in scale.at_least]
    if q.symptom_count:
        found.append(Column(f"{q.prefix}_{q.symptom_count.id.replace('-', '_')}", by_prefix=True))
    if q.critical:
        found.append(Column(f"{q.prefix}_self_harm"))
    return found


class Expected:
    """Calling it with the two halves of a sheet gives the cells of `columns(q)`, in that order."""

    def __init__(self, q):
        self.q = q
        items, at = list(q.boxes), split_at(q)
        self.items = items[:at], items[at:]
        self.halves = {}, {}
        self.joined = {}

    def __call__(self, left, right):
        key = (self.half(0, left), self.half(1, right))
        cells = self.joined.get(key)
        if cells is None:
            cells = self.joined[key] = self.judge(*key)
        return cells

    def half(self, side, text):
        known = self.halves[side].get(text)
        if known is None:
            answers = dict(zip(self.items[side], text.split(","), strict=True))
            known = self.halves[side][text] = self.possibilities(answers)
        return known

    def possibilities(self, answers):
        q = self.q
        totals = [1] * len(q.scales)            # nothing added yet: only the sum 0
        missing = [0] * len(q.scales)
        critical, symptoms = "", {(0, 0)}
        for item, cell in answers.items():
            boxes = q.boxes[item]
            possible = boxes if cell in MISSING else (boxes[int(cell)],)
            for n, scale in enumerate(q.scales):
                if item in scale.items:
                    totals[n] = join_sums(totals[n], sum(1 << points for points in set(possible)))
                    missing[n] += cell in MISSING
            if item == q.critical:
                critical = "unknown" if cell in MISSING else "endorsed" if possible[0] > 0 else "denied"
            if q.symptom_count:
                rule, before = q.symptom_count, symptoms
                symptoms = set()
                for points in possible:
                    present = points >= rule.present_at[item]
                    symptoms |= {(core + (present and item in rule.core), every + present) for core, every in before}
        return Half(tuple(totals), tuple(missing), critical, frozenset(symptoms))

    def judge(self, left, right):
        q = self.q
        critical = left.critical or right.critical
        cells = []
        for n, scale in enumerate(q.scales):
            totals = join_sums(left.totals[n], right.totals[n])
            missing = left.missing[n] + right.missing[n]
            cells += self.judge_scale(scale, totals, missing, q.critical in scale.items and critical == "unknown")
        if q.symptom_count:
            cells.append(self.judge_symptoms(left.symptoms, right.symptoms))
        if q.critical:
            cells.append(critical)
        return tuple(cells)

    def judge_scale(self, scale, totals, missing, critical_missing):
        possible = [n for n in range(totals.bit_length()) if totals >> n & 1]
        lowest, highest = possible[0], possible[-1]
        points, status = "", "incomplete"
        if missing == 0:
            points, status = str(lowest), "complete"        # exactly one sum is possible
        elif missing <= scale.may_miss and not critical_missing:
            # The one missing item's best box adds 0, so the least possible sum is the sum of what was answered.
            answered = len(scale.items) - missing
            points, status = repr(float(Fraction(lowest, answered) * len(scale.items))), "prorated"
        cells = [points, status, str(lowest), str(highest)]
        if scale.bands is not None:
            bands = {name for name, low, high in scale.bands for n in possible if low <= n <= high}
            cells.append(bands.pop() if len(bands) == 1 else "")
        for cut in scale.at_least:
            cells.append(verdict({n >= cut for n in possible}, "positive", "negative", "indeterminate"))
        return cells

    def judge_symptoms(self, left, right):
        rule = self.q.symptom_count
        truths = {core_l + core_r >= 1 and every_l + every_r >= rule.needed
                  for core_l, every_l in left for core_r, every_r in right}
        return verdict(truths, "met", "not-met", "unknown")


def verdict(truths, always, never, sometimes):
    if truths == {True}:
        return always
    return never if truths == {False} else sometimes


def join_sums(one, other):
    """Every sum of a member of one set and a member of the other."""
    joined = 0
    while other:
        lowest_bit = other & -other
        joined |= one * lowest_bit
        other ^= lowest_bit
    return joined
