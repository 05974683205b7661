#!/usr/bin/env python3
"""Makes tests/vault/vectors/: one good vault, written without the program, and one-fault changes to it.

usage: make_vectors.py

Everything random comes from a fixed seed, so that a second run makes the same bytes (but for SQLite's own version
number in the header). Each vector names its changes (SQL, bytes at an offset, a new length) and the expected verdict.
"""
import hashlib
import json
import os
import sqlite3
import sys
import tempfile

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import reader as r
from writer import CODE, PASSPHRASE, code_text, draw, good, letter, pack

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "vectors")


def x(data):
    return f"x'{data.hex()}'"


def put(key, value):
    return f"UPDATE meta SET v = {x(value)} WHERE k = '{key}'"


def put_slot(slot):
    row, kind, params, wrapped, check = slot
    return f"UPDATE slot SET kind = '{kind}', params = {x(params)}, wrapped = {x(wrapped)}, sum = {x(check)} WHERE id = {row}"


def refit(vault, change):
    """SQL for a vault whose rows were changed by someone who has the keys: chain and head fit again."""
    rows, link, text = [list(row) for row in vault.rows], bytes(32), ["DELETE FROM rec"]
    rows = change(rows) or rows
    for seq, kind, tag, leaf, body in rows:
        leaf = leaf if body is None else hashlib.sha256(body).digest()
        link = r.mac(vault.keys.chain, r.link_data(seq, kind, link, tag, leaf))
        text.append(f"INSERT INTO rec VALUES({seq}, {kind}, {x(tag)}, {x(leaf)}, {'NULL' if body is None else x(body)})")
    return text + [put("head", vault.head(len(rows), link))]


def with_body(seq, make):
    def change(rows):
        rows[seq - 1][4] = make(rows[seq - 1])
    return change


def put_meta(vault, **parts):
    made = vault.meta(**parts)
    return [put(key, made[key]) for key in ("public", "private", "sum")]


def flip(table, column, where):
    return f"UPDATE {table} SET {column} = CAST(substr({column}, 1, 30) || x'00' || substr({column}, 32) AS BLOB) WHERE {where}"


def insert(row):
    return f"INSERT INTO inbox(id, enc, body) VALUES({', '.join(map(x, row))})"


def vectors(v):
    """name, changes, verdict, then optionally how to unlock and facts to compare."""
    for group in (good_vectors, slot_vectors, meta_vectors, record_vectors, refit_vectors, letter_vectors, file_vectors):
        yield from group(v)


def good_vectors(v):
    """Nothing is wrong."""
    again = letter(v.public, b"inbox", v.id, v.records[0][0], b"an id that is there")
    erased = letter(v.public, b"inbox", v.id, v.records[0][0][:15] + b"\0", b"a new one")
    yield "good", [], "ok"
    yield "good-by-recovery", [], "ok", {"unlock": "recovery"}
    yield "good-no-recovery-slot", ["DELETE FROM slot WHERE id = 2"], "ok"
    yield "good-vacuumed", ["VACUUM"], "ok"
    yield "good-inbox-repeats-an-id", [insert(again)], "ok", {"repeated": 1}
    yield "good-inbox-new", [insert(erased)], "ok", {"extra": [[erased[0].hex(), b"a new one".hex()]]}


def slot_vectors(v):
    """The secret or its slot."""
    yield "wrong-passphrase", [], "wrong-passphrase", {"unlock": "other"}
    yield "wrong-recovery-code", [], "wrong-recovery-code", {"unlock": "other-recovery"}
    yield "no-recovery-slot", ["DELETE FROM slot WHERE id = 2"], "no-recovery-code", {"unlock": "recovery"}
    yield "no-passphrase-slot", ["DELETE FROM slot WHERE id = 1"], "damaged"
    yield "slot-flipped", [flip("slot", "wrapped", "id = 1")], "damaged"
    yield "slot-kind-changed", ["UPDATE slot SET kind = 'recovery' WHERE id = 1"], "damaged"
    yield "slot-short-params", ["UPDATE slot SET params = x'01' WHERE id = 1"], "damaged"
    yield "slot-other-flipped", [flip("slot", "wrapped", "id = 2")], "ok"
    yield "slot-memory-bomb", [put_slot(v.passphrase_slot(memory=(1 << 20) + 1, derive=False))], "refused"
    yield "slot-memory-4-tib", [put_slot(v.passphrase_slot(memory=(1 << 32) - 1, derive=False))], "refused"
    yield "slot-eleven-passes", [put_slot(v.passphrase_slot(passes=11, derive=False))], "refused"
    yield "slot-below-the-floor", [put_slot(v.passphrase_slot(memory=19455, derive=False))], "refused"
    yield "slot-no-lanes", [put_slot(v.passphrase_slot(lanes=0, derive=False))], "refused"
    yield "slot-master-of-31-bytes", [put_slot(short_master(v))], "damaged"
    yield "slots-none", ["DELETE FROM slot"], "damaged", {"unlock": "recovery"}
    yield "slot-recovery-renumbered", ["UPDATE slot SET id = 3 WHERE id = 2"], "damaged", {"unlock": "recovery"}


def meta_vectors(v):
    """The facts of the vault, and the head."""
    other = X25519PrivateKey.from_private_bytes(draw(32)).public_key().public_bytes_raw()
    older = v.head(3, draw(32))
    yield "meta-format-newer", [put("format", r.number(2, 4))], "newer"
    yield "meta-format-zero", [put("format", r.number(0, 4))], "damaged"
    yield "meta-sum-wrong", [put("sum", bytes(32))], "damaged"
    yield "meta-public-flipped", [flip("meta", "v", "k = 'public'")], "damaged"
    yield "meta-public-missing", ["DELETE FROM meta WHERE k = 'public'"], "damaged"
    yield "meta-public-swapped", put_meta(v, public=other, private=v.meta()["private"]), "tampered"
    yield "meta-public-swapped-and-sealed", put_meta(v, public=other), "tampered"
    yield "head-older", [put("head", older)], "tampered"
    yield "head-count-lowered", [put("head", r.number(9, 8) + v.head()[8:])], "tampered"
    yield "head-mac-zero", [put("head", v.head()[:40] + bytes(32))], "tampered"
    yield "head-short", [put("head", v.head()[:71])], "damaged"
    yield "head-format-bound", [put("head", v.head()[:40] + r.mac(v.keys.chain, r.head_data(v.id, 10, v.link).replace(r.F, r.number(0, 4))))], "tampered"


def record_vectors(v):
    """Rows changed by someone without keys."""
    yield "records-last-removed", ["DELETE FROM rec WHERE seq = 10"], "tampered"
    yield "records-all-removed", ["DELETE FROM rec"], "tampered"
    yield "records-middle-removed", ["DELETE FROM rec WHERE seq = 4"], "tampered"
    yield "records-first-removed", ["DELETE FROM rec WHERE seq = 1"], "tampered"
    yield "records-one-added", [f"INSERT INTO rec VALUES(11, 0, {x(draw(16))}, {x(draw(32))}, NULL)"], "tampered"
    yield "records-place-zero", [f"INSERT INTO rec VALUES(0, 0, {x(draw(16))}, {x(draw(32))}, NULL)"], "tampered"
    yield "records-place-negative", [f"INSERT INTO rec VALUES(-1, 0, {x(draw(16))}, {x(draw(32))}, NULL)"], "tampered"
    yield "records-two-swapped", ["UPDATE rec SET seq = 99 WHERE seq = 2", "UPDATE rec SET seq = 2 WHERE seq = 3", "UPDATE rec SET seq = 3 WHERE seq = 99"], "tampered"
    yield "record-tags-swapped", [f"UPDATE rec SET tag = x'00' WHERE seq = 2", f"UPDATE rec SET tag = {x(v.rows[1][2])} WHERE seq = 3", f"UPDATE rec SET tag = {x(v.rows[2][2])} WHERE seq = 2"], "tampered"
    yield "record-body-flipped", [flip("rec", "body", "seq = 3")], "damaged"
    yield "record-body-empty", ["UPDATE rec SET body = x'' WHERE seq = 3"], "damaged"
    yield "record-leaf-flipped", [flip("rec", "leaf", "seq = 3")], "damaged"
    yield "record-body-and-leaf-of-another", [f"UPDATE rec SET body = {x(v.rows[1][4])}, leaf = {x(v.rows[1][3])} WHERE seq = 3"], "tampered"
    yield "record-erased-by-hand", ["UPDATE rec SET body = NULL WHERE seq = 3"], "tampered"
    yield "record-erased-leaf-changed", [f"UPDATE rec SET leaf = {x(draw(32))} WHERE seq = 7"], "tampered"
    yield "record-kind-2", ["UPDATE rec SET kind = 2 WHERE seq = 3"], "damaged"
    yield "record-kind-turned-to-note", ["UPDATE rec SET kind = 1 WHERE seq = 3"], "tampered"
    yield "record-tag-short", ["UPDATE rec SET tag = x'0102' WHERE seq = 3"], "damaged"
    yield "note-turned-to-record", ["UPDATE rec SET kind = 0 WHERE seq = 9"], "tampered"
    yield "note-emptied", ["UPDATE rec SET body = NULL WHERE seq = 9"], "tampered"


def refit_vectors(v):
    """Rows changed by someone with the keys: chain and head fit, something else does not."""
    ident = v.records[0][0]
    yield "refit-unchanged", refit(v, lambda rows: None), "ok"
    yield "refit-note-missing", refit(v, lambda rows: rows[:8]), "tampered"
    yield "refit-erased-body-back", refit(v, with_body(7, lambda row: v.body(7, row[2], pack(ident, b"back")))), "tampered"
    yield "refit-note-names-another", refit(v, with_body(9, lambda row: v.body(9, row[2], pack(ident, r.number(3, 8)), 1))), "tampered"
    yield "refit-note-of-nine-bytes", refit(v, with_body(9, lambda row: v.body(9, row[2], pack(ident, bytes(9)), 1))), "tampered"
    yield "refit-body-not-sealed", refit(v, with_body(2, lambda row: draw(296))), "tampered"
    yield "refit-body-of-another-place", refit(v, with_body(2, lambda row: v.rows[2][4])), "tampered"
    yield "refit-id-of-another", refit(v, with_body(2, lambda row: v.body(2, row[2], pack(ident, b"one")))), "tampered"
    yield "refit-filling-not-zero", refit(v, with_body(2, lambda row: v.body(2, row[2], pack(v.records[1][0], b"one", b"\1")))), "damaged"
    yield "refit-length-too-long", refit(v, with_body(2, lambda row: v.body(2, row[2], v.records[1][0] + r.number(237, 4) + bytes(236)))), "damaged"
    yield "refit-a-bucket-too-many", refit(v, with_body(2, lambda row: v.body(2, row[2], pack(v.records[1][0], b"one") + bytes(256)))), "damaged"
    yield "refit-envelope-empty", refit(v, with_body(2, lambda row: v.body(2, row[2], b""))), "damaged"


def letter_vectors(v):
    """Letters and drafts: put aside, never fatal."""
    other = X25519PrivateKey.from_private_bytes(draw(32)).public_key().public_bytes_raw()
    forged = letter(other, b"inbox", v.id, draw(16), b"sealed to another key")
    swapped = letter(v.public, b"draft", v.id, draw(16), b"a draft among the letters")
    renamed = letter(v.public, b"inbox", v.id, draw(16), b"id outside and inside differ", draw(16))
    yield "inbox-forged-for-another-key", [insert(forged)], "ok", {"inbox_bad": 1}
    yield "inbox-draft-among-letters", [insert(swapped)], "ok", {"inbox_bad": 1}
    yield "inbox-id-outside-and-inside-differ", [insert(renamed)], "ok", {"inbox_bad": 1}
    yield "inbox-flipped-first", [flip("inbox", "body", "n = 1")], "ok", {"inbox_bad": 1, "missing": [v.inbox[0][0].hex()]}
    yield "inbox-enc-short", ["UPDATE inbox SET enc = x'00' WHERE n = 1"], "ok", {"inbox_bad": 1, "missing": [v.inbox[0][0].hex()]}
    yield "inbox-enc-zero", [f"UPDATE inbox SET enc = {x(bytes(32))} WHERE n = 1"], "ok", {"inbox_bad": 1, "missing": [v.inbox[0][0].hex()]}
    yield "inbox-id-short", ["UPDATE inbox SET id = x'00' WHERE n = 2"], "ok", {"inbox_bad": 1, "missing": [v.inbox[1][0].hex()]}
    yield "draft-flipped", [flip("draft", "body", "1")], "ok", {"drafts_bad": 1}


def file_vectors(v):
    """The layout, the header, the length, whole pages."""
    yield "layout-extra-table", ["CREATE TABLE extra(x)"], "damaged"
    yield "layout-trigger", ["CREATE TRIGGER t AFTER INSERT ON inbox BEGIN DELETE FROM rec; END"], "damaged"
    yield "layout-view-for-table", ["DROP TABLE quarantine", "CREATE VIEW quarantine AS SELECT 1"], "damaged"
    yield "layout-table-missing", ["DROP TABLE quarantine"], "damaged"
    yield "header-not-sqlite", [{"at": 0, "bytes": "00"}], "foreign-file"
    yield "header-other-application", [{"at": 68, "bytes": "00000000"}], "foreign-file"
    yield "header-newer", [{"at": 60, "bytes": "00000002"}], "newer"
    yield "header-version-zero", [{"at": 60, "bytes": "00000000"}], "damaged"
    yield "header-wal", [{"at": 18, "bytes": "0202"}], "damaged"
    yield "header-page-size", [{"at": 16, "bytes": "2000"}], "damaged"
    yield "file-empty", [{"length": 0}], "empty-file"
    yield "file-of-99-bytes", [{"length": 99}], "foreign-file"
    yield "file-first-page-only", [{"length": 4096}], "damaged"
    yield "page-of-records-zeroed", [{"zero_page_of": "rec"}], "damaged"
    yield "page-of-slots-zeroed", [{"zero_page_of": "slot"}], "damaged"
    yield "page-of-meta-zeroed", [{"zero_page_of": "meta"}], "damaged"


def short_master(v):
    whole, v.master = v.master, v.master[:31]
    try:
        return v.passphrase_slot()
    finally:
        v.master = whole


def apply(path, changes):
    """Does to a copy of the good vault what a vector says."""
    for change in changes:
        if isinstance(change, str):
            rows = sqlite3.connect(path, isolation_level=None)
            rows.execute(change)
            rows.close()
            continue
        with open(path, "r+b") as file:
            if "length" in change:
                file.truncate(change["length"])
            else:
                file.seek(change["at"])
                file.write(bytes.fromhex(change["bytes"]))


def settle(path, changes):
    """Pages by number: which page a table starts on is a fact of the good file."""
    out = []
    for change in changes:
        if isinstance(change, dict) and "zero_page_of" in change:
            rows = sqlite3.connect(path)
            page = rows.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (change["zero_page_of"],)).fetchone()[0]
            rows.close()
            change = {"at": (page - 1) * 4096, "bytes": "00" * 4096}
        out.append(change)
    return out


def check(good_path, vector, records, secrets):
    """Our own reader must say what the vector expects before it is written down."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "vault.db")
        with open(good_path, "rb") as source, open(path, "wb") as copy:
            copy.write(source.read())
        apply(path, vector["changes"])
        how = vector.get("unlock", "passphrase")
        try:
            found, facts = r.read_vault(folder, secrets[how].encode(), how.endswith("recovery"))
        except r.Verdict as verdict:
            return verdict.word
        wanted = [row for row in records if row[0] not in vector.get("missing", [])] + vector.get("extra", [])
        seen = [[ident.hex(), payload.hex()] for _, ident, payload in found]
        assert seen == wanted, vector["name"]
        assert facts["inbox_bad"] == vector.get("inbox_bad", 0), vector["name"]
        assert facts["drafts_bad"] == vector.get("drafts_bad", 0), vector["name"]
        return "ok"


def main():
    os.makedirs(HERE, exist_ok=True)
    path = os.path.join(HERE, "good.db")
    if os.path.exists(path):
        os.remove(path)
    vault = good()
    vault.write(path)
    records = [[ident.hex(), payload.hex()] for ident, payload in vault.records + vault.inbox]
    secrets = {"passphrase": PASSPHRASE, "recovery": code_text(CODE), "other": "another passphrase",
               "other-recovery": code_text(bytes(20))}
    listed = []
    for name, changes, verdict, *more in vectors(vault):
        vector = {"name": name, "changes": settle(path, changes), "verdict": verdict, **(more[0] if more else {})}
        said = check(path, vector, records, secrets)
        assert said == verdict, f"{name}: expected {verdict}, reader says {said}"
        listed.append(vector)
    whole = {"secrets": secrets, "records": records, "vectors": listed}
    with open(os.path.join(HERE, "vectors.json"), "w", encoding="utf-8") as file:
        json.dump(whole, file, indent=1, ensure_ascii=False)
        file.write("\n")
    print(f"{len(listed)} vectors, all as expected by reader.py")


if __name__ == "__main__":
    main()
