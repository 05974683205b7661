#!/usr/bin/env python3
"""Independent oracle for periscreen's bulk scoring. See README.md beside this file."""

import argparse
import contextlib
import sys

sys.dont_write_bytecode = True      # leave no __pycache__ in the source tree

import comparison
import planted
import sheets


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, file, text in (("make", "OUT.csv", "write the sheets of SET as positions from 0"),
                             ("check", "SCORED.csv", "compare the program's output for SET with the publications")):
        command = commands.add_parser(name, help=text)
        command.add_argument("set", metavar="SET", choices=sheets.SETS, help=", ".join(sheets.SETS))
        command.add_argument("file", metavar=file, help="- is standard output or input")
        command.add_argument("--rows", type=int, default=sheets.DEFAULT_ROWS, help="for the sets with gaps")
        command.add_argument("--seed", type=int, default=sheets.DEFAULT_SEED, help="for the sets with gaps")
    commands.add_parser("selftest", help="plant faults and show that each is caught")
    arguments = parser.parse_args()
    try:
        run(arguments)
    except OSError as error:
        sys.exit(f"oracle: {error}")


def run(arguments):
    if arguments.command == "make":
        make(arguments)
    elif arguments.command == "check":
        sys.exit(check(arguments))
    else:
        sys.exit(planted.selftest())


def make(arguments):
    q = sheets.questionnaire_of(arguments.set)
    with opened(arguments.file, "w", sys.stdout) as out:
        out.write(",".join(sheets.header(q)) + "\n")
        out.writelines(f"{left},{right}\n" for left, right in sheets.halves(arguments.set, arguments.rows, arguments.seed))


def check(arguments):
    with opened(arguments.file, "r", sys.stdin) as lines:
        report = comparison.compare(arguments.set, lines, arguments.rows, arguments.seed)
    report.summary(arguments.set)
    return 1 if report.differences else 0


def opened(path, mode, standard):
    return contextlib.nullcontext(standard) if path == "-" else open(path, mode, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
