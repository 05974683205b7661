"""Faults planted on purpose, each of which the comparison must catch.

`Toy` is a small second scorer in the ordinary way (bounds by adding lowest and highest points, three-valued and/count),
so that the honest Toy agreeing with `expected.py` also shows that two different ways of reasoning meet. Each fault is a
Toy with one thing wrong, or a right output with one thing spoilt.
"""

import itertools

import comparison
import sheets
from expected import Expected, columns, verdict
from publications import QUESTIONNAIRES

ROWS, SEED = 3_000, 7
KNOWN = {"0", "1", "2", "3", "4"}


class Toy:
    def __init__(self, q):
        self.q = q
        self.boxes = dict(q.boxes)

    def output(self, set_name):
        q, wanted = self.q, columns(self.q)
        yield ",".join([*sheets.header(q), *[column.name for column in wanted], f"{q.prefix}_something_else"]) + "\n"
        for left, right in sheets.halves(set_name, ROWS, SEED):
            cells = f"{left},{right}".split(",")
            yield ",".join([*cells, *self.score(dict(zip(q.boxes, cells))), "ignored"]) + "\n"

    def score(self, cells):
        points = {item: self.points(item, cell) for item, cell in cells.items()}
        row = []
        for scale in self.q.scales:
            row += self.scale(scale, points)
        if self.q.symptom_count:
            row.append(self.outcome(points))
        if self.q.critical:
            row.append(self.alert(cells[self.q.critical], points[self.q.critical]))
        return row

    def points(self, item, cell):
        return self.boxes[item][int(cell)] if cell in KNOWN else None

    def scale(self, scale, points):
        answered = [points[item] for item in self.scale_items(scale) if points[item] is not None]
        absent = [item for item in self.scale_items(scale) if points[item] is None]
        lowest = sum(answered)
        highest = lowest + sum(max(self.boxes[item]) for item in absent)
        score, status = "", "incomplete"
        if not absent:
            score, status = str(lowest), "complete"
        elif self.may_prorate(scale, absent):
            score, status = self.prorated(answered, len(scale.items)), "prorated"
        row = [score, status, str(lowest), str(highest)]
        if scale.bands is not None:
            row.append(self.band(scale.bands, lowest, highest))
        return row + [self.screen(cut, lowest, highest) for cut in scale.at_least]

    def scale_items(self, scale):
        return scale.items

    def may_prorate(self, scale, absent):
        return len(absent) <= scale.may_miss and self.q.critical not in absent

    def prorated(self, answered, items):
        return str(sum(answered) * items / len(answered))

    def band(self, bands, lowest, highest):
        low, high = ([name for name, start, end in bands if start <= n <= end] for n in (lowest, highest))
        return low[0] if low == high != [] else ""

    def screen(self, cut, lowest, highest):
        return "positive" if lowest >= cut else "negative" if highest < cut else "indeterminate"

    def present(self, item, points):
        return None if points is None else points >= self.q.symptom_count.present_at[item]

    def outcome(self, points):
        rule = self.q.symptom_count
        present = {item: self.present(item, points[item]) for item in rule.present_at}
        core = self.count([present[item] for item in rule.core], 1)
        parts = (core, self.count(list(present.values()), rule.needed))
        return "not-met" if False in parts else "unknown" if None in parts else "met"

    def count(self, present, needed):
        if present.count(True) >= needed:
            return True
        return None if present.count(True) + present.count(None) >= needed else False

    def alert(self, cell, points):
        return "unknown" if points is None else "endorsed" if points > 0 else "denied"


def toy(**wrong):
    """A Toy with the named methods replaced."""
    return type("WrongToy", (Toy,), wrong)


def boxes(changes):
    def start(self, q):
        Toy.__init__(self, q)
        self.boxes.update(changes)
    return toy(__init__=start)


def band_one_late(self, bands, lowest, highest):
    return Toy.band(self, bands, max(lowest - 1, 0), max(highest - 1, 0))


def gap_counts_as_symptom_absent(self, item, points):
    return False if points is None else Toy.present(self, item, points)


UP, DOWN = (0, 1, 2, 3), (3, 2, 1, 0)

# (fault, set, the wrong scorer, a column in which it must be seen)
WRONG_SCORERS = [
    ("one reversed item not reversed", "epds-gaps", boxes({3: UP}), "epds_total"),
    ("no item reversed", "epds-gaps", boxes({item: UP for item in range(1, 11)}), "epds_self_harm"),
    ("a straight item reversed", "epds-gaps", boxes({4: DOWN}), "epds_anxiety"),
    ("two middle boxes exchanged", "epds-gaps", boxes({1: (0, 2, 1, 3)}), "epds_total"),
    ("CORE-10 item 2 not reversed", "core-10-gaps", boxes({2: (0, 1, 2, 3, 4)}), "core_10_total"),
    ("GAD-7 item 5 reversed", "gad-7-gaps", boxes({5: DOWN}), "gad_7_total"),
    ("PHQ-2 boxes from 1", "phq-2-gaps", boxes({2: (1, 2, 3, 4)}), "phq_2_total_lowest"),
    ("GAD-2 item 1 reversed", "gad-2-gaps", boxes({1: DOWN}), "gad_2_total"),
    ("blank counted as zero", "epds-gaps",
     toy(points=lambda self, item, cell: 0 if cell == "" else Toy.points(self, item, cell)), "epds_total_status"),
    ("blank taken for the first box", "phq-9-gaps",
     toy(points=lambda self, item, cell: Toy.points(self, item, cell or "0")), "phq_9_total_status"),
    ("greater than the cut-off instead of at least", "epds-gaps",
     toy(screen=lambda self, cut, low, high: Toy.screen(self, cut + 1, low, high)), "epds_at_least_13"),
    ("negative although the highest reaches the cut-off", "phq-9-gaps",
     toy(screen=lambda self, cut, low, high: "positive" if low >= cut else "negative" if high <= cut else "indeterminate"),
     "phq_9_at_least_10"),
    ("screen on the answered items alone", "epds-gaps",
     toy(screen=lambda self, cut, low, high: "positive" if low >= cut else "negative"), "epds_at_least_11"),
    ("alert only at the top answer", "epds-gaps",
     toy(alert=lambda self, cell, points: Toy.alert(self, cell, points if points is None else points // 3)),
     "epds_self_harm"),
    ("mildest endorsement missed", "phq-9-gaps",
     toy(alert=lambda self, cell, points: Toy.alert(self, cell, points if points is None else points // 2)),
     "phq_9_self_harm"),
    ("declined taken for no", "core-10-gaps",
     toy(alert=lambda self, cell, points: "denied" if cell == "R" else Toy.alert(self, cell, points)),
     "core_10_self_harm"),
    ("not reached taken for no", "epds-gaps",
     toy(alert=lambda self, cell, points: "denied" if cell == "" else Toy.alert(self, cell, points)), "epds_self_harm"),
    ("prorated with the critical item missing", "core-10-gaps",
     toy(may_prorate=lambda self, scale, absent: len(absent) <= scale.may_miss), "core_10_total_status"),
    ("prorated with two items missing", "core-10-gaps",
     toy(may_prorate=lambda self, scale, absent: len(absent) <= 2 and 6 not in absent), "core_10_total_status"),
    ("EPDS prorated", "epds-gaps",
     toy(may_prorate=lambda self, scale, absent: len(absent) == 1 and 10 not in absent), "epds_total_status"),
    ("prorated score rounded", "core-10-gaps",
     toy(prorated=lambda self, answered, items: str(round(sum(answered) * items / len(answered)))), "core_10_total"),
    ("prorated score cut to six decimals", "core-10-gaps",
     toy(prorated=lambda self, answered, items: f"{sum(answered) * items / len(answered):.6f}"), "core_10_total"),
    ("anxiety scale with item 6 for item 5", "epds-gaps",
     toy(scale_items=lambda self, scale: (3, 4, 6) if scale.id == "anxiety" else scale.items), "epds_anxiety"),
    ("bands one point late", "phq-9-gaps", toy(band=band_one_late), "phq_9_total_band"),
    ("band of the lowest bound", "phq-9-gaps",
     toy(band=lambda self, bands, low, high: Toy.band(self, bands, low, low)), "phq_9_total_band"),
    ("item 9 counted as a symptom only from 2", "phq-9-gaps",
     toy(present=lambda self, item, points: None if points is None else points >= 2), "phq_9_symptom_count"),
    ("symptoms without a core one", "phq-9-gaps",
     toy(count=lambda self, present, needed: True if needed == 1 else Toy.count(self, present, needed)),
     "phq_9_symptom_count"),
    ("four symptoms enough", "phq-9-gaps",
     toy(count=lambda self, present, needed: Toy.count(self, present, min(needed, 4))), "phq_9_symptom_count"),
    ("gap taken for an absent symptom", "phq-9-gaps", toy(present=gap_counts_as_symptom_absent), "phq_9_symptom_count"),
    ("outcome unknown as soon as one item is missing", "phq-9-gaps",
     toy(count=lambda self, present, needed: None if None in present else Toy.count(self, present, needed)),
     "phq_9_symptom_count"),
]


def without_column(lines, name):
    place = lines[0].rstrip("\n").split(",").index(name)
    return [",".join(cell for n, cell in enumerate(line.split(",")) if n != place) for line in lines]


def spoilt(line, place, cell):
    cells = line.split(",")
    cells[place] = cell
    return ",".join(cells)


# (fault, set, what is done to the lines of a right output, where it must be seen)
SPOILT_OUTPUTS = [
    ("a row lost", "epds-gaps", lambda lines: lines[:50] + lines[51:], "(rows)"),
    ("the last row lost", "epds-gaps", lambda lines: lines[:-1], "(rows)"),
    ("a row twice", "gad-7-gaps", lambda lines: lines + lines[-1:], "(rows)"),
    ("two rows exchanged", "epds-gaps", lambda lines: [*lines[:5], lines[6], lines[5], *lines[7:]], "(input)"),
    ("a column missing", "epds-gaps", lambda lines: without_column(lines, "epds_at_least_11"), "(header)"),
    ("the alert column missing", "phq-9-gaps", lambda lines: without_column(lines, "phq_9_self_harm"), "(header)"),
    ("a short row", "phq-2-gaps", lambda lines: [*lines[:9], "0,1\n", *lines[10:]], "(width)"),
    ("one cell wrong in the last row", "gad-2-gaps", lambda lines: [*lines[:-1], spoilt(lines[-1], 5, "99")],
     "gad_2_total_highest"),
    ("0 for an empty total", "epds-gaps", lambda lines: [*lines[:1], spoilt(lines[1], 10, "0"), *lines[2:]], "epds_total"),
    ("an empty file", "epds-gaps", lambda lines: [], "(rows)"),
]


# Worked by hand from the printed forms: sheet (positions from 0), then some of its cells.
HAND_WORKED = [
    ("epds", "0,0,3,0,3,3,3,3,3,3", {"epds_total": "0", "epds_at_least_10": "negative", "epds_self_harm": "denied"}),
    ("epds", "3,3,0,3,0,0,0,0,0,0", {"epds_total": "30", "epds_anxiety": "9", "epds_self_harm": "endorsed"}),
    # Every top box: 0+0+3+0+3+3+3+3+3+3.
    ("epds", "0,0,0,0,0,0,0,0,0,0", {"epds_total": "21", "epds_anxiety": "6", "epds_self_harm": "endorsed"}),
    # Item 10 in the box above the last and nothing else: 1 point, still an alert.
    ("epds", "0,0,3,0,3,3,3,3,3,2", {"epds_total": "1", "epds_at_least_10": "negative", "epds_self_harm": "endorsed"}),
    # 3+3+0+3+1 = 10 from five items, item 10 declined: 10 to 13.
    ("epds", "3,3,3,3,2,3,3,3,3,R", {"epds_total": "", "epds_total_status": "incomplete", "epds_total_lowest": "10",
                                     "epds_total_highest": "13", "epds_at_least_10": "positive",
                                     "epds_at_least_11": "indeterminate", "epds_at_least_13": "indeterminate",
                                     "epds_anxiety": "4", "epds_self_harm": "unknown"}),
    ("epds", "0,0,3,0,3,3,3,3,,", {"epds_total_highest": "6", "epds_at_least_10": "negative"}),
    # 2+2+2+2 and item 9 at 1: five symptoms, 9 points, "mild" and below the cut-off, yet the rule is met.
    ("phq-9", "2,2,2,2,0,0,0,0,1", {"phq_9_total": "9", "phq_9_total_band": "mild", "phq_9_at_least_10": "negative",
                                    "phq_9_symptom_count": "met", "phq_9_self_harm": "endorsed"}),
    # 1+1 and 3 x 7: seven symptoms, none of them a core one.
    ("phq-9", "1,1,3,3,3,3,3,3,3", {"phq_9_total": "23", "phq_9_total_band": "severe", "phq_9_symptom_count": "not-met"}),
    ("phq-9", "2,,2,2,2,0,0,0,0", {"phq_9_total_lowest": "8", "phq_9_total_highest": "11", "phq_9_total_band": "",
                                   "phq_9_at_least_10": "indeterminate", "phq_9_symptom_count": "unknown"}),
    ("phq-9", "3,3,3,3,3,0,0,0,R", {"phq_9_total_lowest": "15", "phq_9_total_highest": "18", "phq_9_total": "",
                                    "phq_9_total_band": "moderately-severe", "phq_9_symptom_count": "met",
                                    "phq_9_self_harm": "unknown"}),
    # "Not at all" throughout: items 2 and 3 give 4 each.
    ("core-10", "0,0,0,0,0,0,0,0,0,0", {"core_10_total": "8", "core_10_self_harm": "denied"}),
    ("core-10", "0,4,4,0,0,0,0,0,0,0", {"core_10_total": "0"}),
    # 3+1 = 4 from nine items: 40/9.
    ("core-10", "3,3,4,0,0,0,0,0,0,", {"core_10_total": "4.444444444444445", "core_10_total_status": "prorated",
                                       "core_10_total_lowest": "4", "core_10_total_highest": "8"}),
    ("core-10", "3,3,4,0,0,R,0,0,0,0", {"core_10_total": "", "core_10_total_status": "incomplete",
                                        "core_10_self_harm": "unknown"}),
    ("gad-7", "3,3,3,3,3,3,3", {"gad_7_total": "21"}),
    ("phq-2", "3,3", {"phq_2_total": "6"}),
    ("gad-2", "3,R", {"gad_2_total": "", "gad_2_total_lowest": "3", "gad_2_total_highest": "6"}),
]


def hand_worked():
    wrong = 0
    for questionnaire, sheet, cells in HAND_WORKED:
        q = QUESTIONNAIRES[questionnaire]
        at, given = sheets.split_at(q), sheet.split(",")
        said = Expected(q)(",".join(given[:at]), ",".join(given[at:]))
        said = {column.name: cell for column, cell in zip(columns(q), said)}
        for name, cell in cells.items():
            if not comparison.same(said[name], cell, name == "core_10_total"):
                print(f"  {questionnaire} {sheet}: {name} is {said[name]!r}, by hand {cell!r}")
                wrong += 1
    return wrong


def selftest():
    wrong = hand_worked()
    failures = int(verdict_line("sheets worked by hand", wrong == 0, f"{len(HAND_WORKED)} sheets, {wrong} cells differ"))
    for set_name in [name for name in sheets.SETS if name.endswith("-gaps")]:
        report = run(set_name, honest(set_name))
        failures += verdict_line(f"honest scorer on {set_name}", report.differences == 0,
                                 f"{report.rows:,} rows, {report.cells:,} cells, {report.differences} differences")
        tried, wrong = literal_completions(set_name)
        failures += verdict_line(f"every completion on {set_name}", wrong == 0, f"{tried:,} sheets, {wrong} differ")
    caught = 0
    for name, set_name, wrong_toy, column in WRONG_SCORERS:
        report = run(set_name, wrong_toy(sheets.questionnaire_of(set_name)).output(set_name))
        caught += not verdict_line(name, report.by_column[column] > 0, seen(report))
    for name, set_name, spoil, column in SPOILT_OUTPUTS:
        report = run(set_name, spoil(honest(set_name)))
        caught += not verdict_line(name, report.by_column[column] > 0, seen(report))
    planted = len(WRONG_SCORERS) + len(SPOILT_OUTPUTS)
    print(f"selftest: {caught} of {planted} planted faults caught, {failures} failures on right outputs")
    return 1 if failures or caught < planted else 0


def honest(set_name):
    return list(Toy(sheets.questionnaire_of(set_name)).output(set_name))


def run(set_name, lines):
    return comparison.compare(set_name, lines, ROWS, SEED, say=lambda sentence: None)


def seen(report):
    return f"{report.differences:,} differences in " + (", ".join(report.by_column) or "nothing")


def verdict_line(name, right, detail):
    print(f"{'ok    ' if right else 'FAILED'} {name}: {detail}")
    return not right


def literal_completions(set_name, most_gaps=4):
    """Fill the gaps of each sheet in every way, score each filled sheet as a complete one, and see what they share."""
    q = sheets.questionnaire_of(set_name)
    expect, names = Expected(q), [column.name for column in columns(q)]
    tried = wrong = 0
    for left, right in itertools.islice(sheets.halves(set_name, ROWS, SEED), 800):
        cells = f"{left},{right}".split(",")
        if sum(cell not in KNOWN for cell in cells) > most_gaps:
            continue
        tried += 1
        said = dict(zip(names, expect(left, right)))
        filled = [complete_sheet(q, sheet) for sheet in completions(q, cells)]
        wrong += any(said[name] != cell for name, cell in shared(q, filled).items())
    return tried, wrong


def completions(q, cells):
    choices = [[int(cell)] if cell in KNOWN else range(len(q.boxes[item])) for item, cell in zip(q.boxes, cells)]
    return itertools.product(*choices)


def complete_sheet(q, positions):
    points = {item: q.boxes[item][position] for item, position in zip(q.boxes, positions)}
    totals = [sum(points[item] for item in scale.items) for scale in q.scales]
    rule = q.symptom_count
    present = {item for item in points if rule and points[item] >= rule.present_at[item]}
    return totals, bool(rule and len(present) >= rule.needed and present & set(rule.core))


def shared(q, filled):
    cells = {}
    for n, scale in enumerate(q.scales):
        totals = {totals[n] for totals, _ in filled}
        name = f"{q.prefix}_{scale.id}"
        cells |= {f"{name}_lowest": str(min(totals)), f"{name}_highest": str(max(totals))}
        if scale.bands is not None:
            bands = {band for band, start, end in scale.bands for total in totals if start <= total <= end}
            cells[f"{name}_band"] = "".join(bands) if len(bands) == 1 else ""
        for cut in scale.at_least:
            truths = {total >= cut for total in totals}
            cells[f"{q.prefix}_at_least_{cut}"] = verdict(truths, "positive", "negative", "indeterminate")
    if q.symptom_count:
        cells[f"{q.prefix}_symptom_count"] = verdict({met for _, met in filled}, "met", "not-met", "unknown")
    return cells


assert set(QUESTIONNAIRES) == {sheets.questionnaire_of(name).id for name in sheets.SETS}
