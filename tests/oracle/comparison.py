"""Compare the program's output CSV, cell by cell, with what the publications say."""

import collections
import csv
import itertools
import re

import sheets
from expected import Expected, columns

SHOWN = 10
TOLERANCE = 1e-9
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Report:
    def __init__(self, say=print):
        self.say, self.rows, self.cells, self.differences = say, 0, 0, 0
        self.by_column = collections.Counter()

    def difference(self, column, sentence):
        self.differences += 1
        self.by_column[column] += 1
        if self.differences <= SHOWN:
            self.say(f"  {sentence}")

    def summary(self, set_name):
        verdict = "equal" if not self.differences else f"{self.differences:,} differences"
        if self.differences > SHOWN:
            verdict += f" ({SHOWN} shown)"
        self.say(f"{set_name}: {self.rows:,} rows, {self.cells:,} cells compared: {verdict}")
        for column, count in self.by_column.most_common() if self.differences else ():
            self.say(f"  {count:>10,}  {column}")


def compare(set_name, lines, rows=sheets.DEFAULT_ROWS, seed=sheets.DEFAULT_SEED, say=print):
    """`lines` are the lines of the program's output, the header first."""
    q = sheets.questionnaire_of(set_name)
    report = Report(say)
    lines = iter(lines)
    names = split(next(lines, ""))
    places = find_columns(q, names, report)
    expect, wanted = Expected(q), columns(q)
    inputs, known = sheets.header(q), [n for n, place in enumerate(places) if place is not None]
    complete = len(known) == len(wanted)
    for number, (sheet, line) in enumerate(itertools.zip_longest(sheets.halves(set_name, rows, seed), lines), 1):
        if sheet is None or line is None:
            lost = "more rows than sheets" if sheet is None else "fewer rows than sheets: the file ends here"
            report.difference("(rows)", f"row {number}: {lost}; was it made with the same --rows and --seed?")
            break
        report.rows += 1
        got = split(line)
        if len(got) != len(names):
            report.difference("(width)", f"row {number}: {len(got)} cells under {len(names)} columns")
            continue
        given = f"{sheet[0]},{sheet[1]}".split(",")
        report.cells += len(inputs) + len(known)
        if got[:len(inputs)] != given:
            report.difference("(input)", f"row {number}: the sheet is {','.join(given)}, "
                                         f"the output repeats {','.join(got[:len(inputs)])}")
        want = expect(*sheet)
        if complete and tuple([got[place] for place in places]) == want:
            continue
        for n in known:
            found = got[places[n]]
            if not same(found, want[n], wanted[n].decimal):
                name = wanted[n].name
                report.difference(name, f"row {number}, {name}: program {found!r}, publications {want[n]!r} "
                                        f"(sheet {','.join(given)})")
    return report


def split(line):
    line = line.rstrip("\r\n")
    return next(csv.reader([line])) if '"' in line else line.split(",")


def same(found, wanted, decimal):
    if found == wanted:
        return True
    if not (decimal and wanted and DECIMAL.fullmatch(found)):
        return False
    return abs(float(found) - float(wanted)) <= TOLERANCE


def find_columns(q, names, report):
    """Places of the expected columns (None where missing); faults of the header go into the report."""
    inputs = sheets.header(q)
    if names[:len(inputs)] != inputs:
        report.difference("(header)", f"header: the output does not begin with the input's columns {','.join(inputs)}")
    for name, count in collections.Counter(names).items():
        if count > 1:
            report.difference("(header)", f"header: column {name} stands there {count} times")
    places = []
    for column in columns(q):
        hits = [n for n, name in enumerate(names) if name == column.name]
        if not hits and column.by_prefix:
            hits = [n for n, name in enumerate(names) if name.startswith(column.name)]
        if len(hits) != 1:
            report.difference("(header)", f"header: column {column.name} {'is missing' if not hits else 'is ambiguous'}")
        places.append(hits[0] if hits else None)
    check_order(q, names, places, report)
    return places


def check_order(q, names, places, report):
    """Contract section 6: a scale's columns stand together in a fixed order; then outcomes, then alerts."""
    place_of = {column.name: place for column, place in zip(columns(q), places)}
    for column in columns(q):
        here, before = place_of[column.name], place_of.get(column.after)
        if None not in (here, before) and here != before + 1:
            report.difference("(header)", f"header: column {column.name} does not follow {column.after}")
    found = [place for column, place in zip(columns(q), places) if place is not None and not is_cut_off(column)]
    if found != sorted(found):
        report.difference("(header)", "header: scales, outcomes and alerts are not in the contract's order")


def is_cut_off(column):
    return "_at_least_" in column.name
