#!/usr/bin/env python3
"""Reads a vault from docs/vault-format.md alone, sharing no code with the program.

usage: reader.py [--recovery] VAULTDIR

The passphrase (or, with --recovery, the recovery code) is the first line of standard input. Prints one JSON
object a record, oldest first, then one with the verdict. Exit status 0 when the verdict is ok, else 1.
"""
import base64
import hashlib
import hmac
import json
import os
import sqlite3
import stat
import sys

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt as xchacha_open,
    crypto_aead_xchacha20poly1305_ietf_encrypt as xchacha_seal,
)
from nacl.exceptions import CryptoError

FORMAT = 1
F = FORMAT.to_bytes(4, "big")
APPLICATION_ID = 0x50735674
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MOST_PAYLOAD = 1 << 20
TABLES = {
    "slot": "CREATE TABLE slot(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, params BLOB NOT NULL, wrapped BLOB NOT NULL, sum BLOB NOT NULL) STRICT",
    "meta": "CREATE TABLE meta(k TEXT PRIMARY KEY, v BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "rec": "CREATE TABLE rec(seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, tag BLOB NOT NULL UNIQUE, leaf BLOB NOT NULL, body BLOB) STRICT",
    "inbox": "CREATE TABLE inbox(n INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, enc BLOB NOT NULL, body BLOB NOT NULL) STRICT",
    "draft": "CREATE TABLE draft(id BLOB PRIMARY KEY, enc BLOB NOT NULL, body BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "quarantine": "CREATE TABLE quarantine(n INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL, enc BLOB NOT NULL, body BLOB NOT NULL, reason TEXT NOT NULL) STRICT",
}
BY_SQLITE = [
    ("index", "sqlite_autoindex_inbox_1", None),
    ("index", "sqlite_autoindex_rec_1", None),
    ("table", "sqlite_sequence", "CREATE TABLE sqlite_sequence(name,seq)"),
]


class Verdict(Exception):
    """Why the vault is not read: a word of §9, and the part."""

    def __init__(self, word, what=""):
        super().__init__(word, what)
        self.word, self.what = word, what


def number(value, size):
    return value.to_bytes(size, "big")


def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def hkdf_extract(salt, source):
    return mac(salt or bytes(32), source)


def hkdf_expand(key, info, length):
    out, block, count = b"", b"", 1
    while len(out) < length:
        block = mac(key, block + info + bytes([count]))
        out, count = out + block, count + 1
    return out[:length]


def hkdf(salt, source, info):
    return hkdf_expand(hkdf_extract(salt, source), info, 32)


def open_sealed(key, aad, sealed):
    """The plaintext, or None."""
    if len(sealed) < 40:
        return None
    try:
        return xchacha_open(sealed[24:], aad, sealed[:24], key)
    except CryptoError:
        return None


# HPKE, RFC 9180: base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305.
KEM = b"KEM" + number(0x20, 2)
SUITE = b"HPKE" + number(0x20, 2) + number(1, 2) + number(3, 2)


def labeled_extract(suite, salt, label, source):
    return hkdf_extract(salt, b"HPKE-v1" + suite + label + source)


def labeled_expand(suite, key, label, info, length):
    return hkdf_expand(key, number(length, 2) + b"HPKE-v1" + suite + label + info, length)


def hpke_context(shared, enc, public, info):
    secret = labeled_extract(KEM, b"", b"eae_prk", shared)
    secret = labeled_expand(KEM, secret, b"shared_secret", enc + public, 32)
    context = b"\0" + labeled_extract(SUITE, b"", b"psk_id_hash", b"") + labeled_extract(SUITE, b"", b"info_hash", info)
    secret = labeled_extract(SUITE, secret, b"secret", b"")
    return (
        labeled_expand(SUITE, secret, b"key", context, 32),
        labeled_expand(SUITE, secret, b"base_nonce", context, 12),
    )


def hpke_open(private, public, enc, info, aad, sealed):
    """The plaintext, or None."""
    try:
        shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(enc))
        key, nonce = hpke_context(shared, enc, public, info)
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, aad)
    except (InvalidTag, ValueError):
        return None


def unpack(envelope):
    """Id and payload, or None."""
    if len(envelope) < 20:
        return None
    length = int.from_bytes(envelope[16:20], "big")
    full = -(-(20 + length) // 256) * 256
    if length > MOST_PAYLOAD or len(envelope) != full or any(envelope[20 + length:]):
        return None
    return envelope[:16], envelope[20:20 + length]


def read_code(text):
    """The 20 bytes of a recovery code."""
    letters = [c for c in text.upper() if not c.isspace() and c != "-"]
    letters = ["0" if c == "O" else "1" if c in "IL" else c for c in letters]
    if len(letters) != 36 or any(c not in ALPHABET for c in letters):
        raise Verdict("mistyped-code")
    bits = 0
    for letter in letters[:32]:
        bits = bits << 5 | ALPHABET.index(letter)
    code = number(bits, 20)
    if "".join(letters[32:]) != code_check(code):
        raise Verdict("mistyped-code")
    return code


def code_check(code):
    first = int.from_bytes(hashlib.sha256(b"periscreen recovery check\0" + code).digest()[:3], "big") >> 4
    return "".join(ALPHABET[first >> shift & 31] for shift in (15, 10, 5, 0))


def slot_aad(vault, row, kind, params):
    return (
        b"periscreen slot\0" + F + vault + number(row, 8)
        + number(len(kind), 4) + kind + number(len(params), 4) + params
    )


def record_aad(vault, kind, seq, tag):
    return b"periscreen record\0" + F + vault + number(kind, 1) + number(seq, 8) + tag


def link_data(n, kind, before, tag, leaf):
    return b"periscreen link\0" + number(n, 8) + number(kind, 1) + before + tag + leaf


def head_data(vault, count, link):
    return b"periscreen head\0" + F + vault + number(count, 8) + link


class Keys:
    """§5."""

    def __init__(self, master, vault):
        for name in ("record", "chain", "meta", "tag"):
            setattr(self, name, hkdf(vault, master, b"periscreen key " + name.encode() + b"\0"))

    def tag_of(self, ident):
        return mac(self.tag, b"periscreen tag\0" + ident)[:16]


def check_file(folder):
    path = os.path.join(folder, "vault.db")
    try:
        facts = os.lstat(path)
    except FileNotFoundError:
        raise Verdict("not-found") from None
    if not stat.S_ISREG(facts.st_mode):
        raise Verdict("refused", "not a regular file")
    if facts.st_size == 0:
        raise Verdict("empty-file")
    with open(path, "rb") as file:
        header = file.read(100)
    if len(header) < 100 or header[:16] != b"SQLite format 3\0" or header[68:72] != number(APPLICATION_ID, 4):
        raise Verdict("foreign-file")
    version = int.from_bytes(header[60:64], "big")
    if version > FORMAT:
        raise Verdict("newer")
    if version != FORMAT or header[16:21] != b"\x10\0\1\1\0":
        raise Verdict("damaged", "file header")
    return path


def read_meta(rows):
    meta = dict(rows.execute("SELECT k, v FROM meta"))
    if len(meta.get("format", b"")) != 4:
        raise Verdict("damaged", "vault facts")
    if meta["format"] > F:
        raise Verdict("newer")
    sizes = {"vault": 16, "public": 32, "private": 72, "sum": 32}
    if any(len(meta.get(name, b"")) != size for name, size in sizes.items()):
        raise Verdict("damaged", "vault facts")
    data = b"periscreen meta\0" + F + meta["vault"] + meta["public"] + meta["private"]
    if meta["format"] != F or hashlib.sha256(data).digest() != meta["sum"]:
        raise Verdict("damaged", "vault facts")
    return meta


def slot_is_whole(vault, row):
    ident, kind, params, wrapped, check = row
    return hashlib.sha256(slot_aad(vault, ident, kind.encode(), params) + wrapped).digest() == check


def master_key(rows, vault, secret, recovery):
    slots = {row[0]: row for row in rows.execute("SELECT id, kind, params, wrapped, sum FROM slot")}
    row = slots.get(2 if recovery else 1)
    if row is None:
        if recovery and list(slots) == [1] and slots[1][1] == "passphrase" and slot_is_whole(vault, slots[1]):
            raise Verdict("no-recovery-code")
        raise Verdict("damaged", "key slot")
    ident, kind, params, wrapped, _ = row
    aad = slot_aad(vault, ident, kind.encode(), params)
    if not slot_is_whole(vault, row) or kind != ("recovery" if recovery else "passphrase"):
        raise Verdict("damaged", "key slot")
    if len(params) != (17 if recovery else 29) or params[0] != 1:
        raise Verdict("damaged", "key slot")
    if recovery:
        key = hkdf(params[1:], read_code(secret.decode()), b"periscreen key recovery\0")
    else:
        memory, passes, lanes = (int.from_bytes(params[at:at + 4], "big") for at in (1, 5, 9))
        if not (19456 <= memory <= 1 << 20 and 2 <= passes <= 10 and 1 <= lanes <= 4):
            raise Verdict("refused", "key slot outside the limits")
        key = hash_secret_raw(secret, params[13:], passes, memory, lanes, 32, Type.ID, 0x13)
    master = open_sealed(key, aad, wrapped)
    if master is None:
        raise Verdict("wrong-recovery-code" if recovery else "wrong-passphrase")
    if len(master) != 32:
        raise Verdict("damaged", "key slot")
    return master


def read_head(rows, keys, vault):
    row = rows.execute("SELECT v FROM meta WHERE k = 'head'").fetchone()
    if row is None or len(row[0]) != 72:
        raise Verdict("damaged", "vault facts")
    count, link, check = int.from_bytes(row[0][:8], "big"), row[0][8:40], row[0][40:]
    if mac(keys.chain, head_data(vault, count, link)) != check:
        raise Verdict("tampered", "head")
    if (rows.execute("SELECT max(seq) FROM rec").fetchone()[0] or 0) != count:
        raise Verdict("tampered", "number of records")
    return count, link


def read_chain(rows, keys, vault):
    """All records that are not erased, as (seq, id, payload)."""
    count, head = read_head(rows, keys, vault)
    link, records, empty, erased, at = bytes(32), [], [], [], 0
    for seq, kind, tag, leaf, body in rows.execute("SELECT seq, kind, tag, leaf, body FROM rec NOT INDEXED ORDER BY seq"):
        if seq < 0:
            raise Verdict("tampered", "order of records")
        if kind not in (0, 1) or len(tag) != 16 or len(leaf) != 32:
            raise Verdict("damaged", "record")
        at += 1
        if seq != at:
            raise Verdict("tampered", "order of records")
        if body is not None and hashlib.sha256(body).digest() != leaf:
            raise Verdict("damaged", "record")
        if kind == 1:
            plain = None if body is None else open_sealed(keys.record, record_aad(vault, 1, seq, tag), body)
            if plain is None:
                raise Verdict("tampered", "erasures")
            note = unpack(plain)
            if note is None:
                raise Verdict("damaged", "record envelope")
            if len(note[1]) != 8:
                raise Verdict("tampered", "erasures")
            erased.append(int.from_bytes(note[1], "big"))
        elif body is None:
            empty.append(seq)
        else:
            records.append((seq, tag, body))
        link = mac(keys.chain, link_data(at, kind, link, tag, leaf))
    if at != count:
        raise Verdict("tampered", "number of records")
    if link != head:
        raise Verdict("tampered", "chain")
    if empty != sorted(erased):
        raise Verdict("tampered", "erasures")
    return [open_record(keys, vault, *record) for record in records], f"{count}-{short(link)}"


def short(link):
    bits = int.from_bytes(link[:5], "big")
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5)).lower()


def open_record(keys, vault, seq, tag, body):
    plain = open_sealed(keys.record, record_aad(vault, 0, seq, tag), body)
    if plain is None:
        raise Verdict("tampered", "record")
    opened = unpack(plain)
    if opened is None:
        raise Verdict("damaged", "record envelope")
    if keys.tag_of(opened[0]) != tag:
        raise Verdict("tampered", "record")
    return seq, *opened


def open_letter(private, meta, label, ident, enc, body):
    if len(ident) != 16 or len(enc) != 32:
        return None
    plain = hpke_open(private, meta["public"], enc, b"periscreen " + label + b"\0" + F + meta["vault"], ident, body)
    opened = plain and unpack(plain)
    return opened[1] if opened and opened[0] == ident else None


def read_vault(folder, secret, recovery=False):
    """Records as (seq or None, id, payload), and facts for the verdict line."""
    path = check_file(folder)
    rows = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
    try:
        rows.execute("BEGIN")
        found = rows.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        wanted = [("table", name, text) for name, text in TABLES.items()] + BY_SQLITE
        if sorted(found, key=str) != sorted(wanted, key=str):
            raise Verdict("damaged", "table layout")
        return read_tables(rows, secret, recovery)
    except sqlite3.DatabaseError as error:
        raise Verdict("damaged", "database file") from error
    finally:
        rows.close()


def read_tables(rows, secret, recovery):
    meta = read_meta(rows)
    vault = meta["vault"]
    keys = Keys(master_key(rows, vault, secret, recovery), vault)
    private = open_sealed(keys.meta, b"periscreen private\0" + F + vault + meta["public"], meta["private"])
    if private is None:
        raise Verdict("tampered", "public key")
    if X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw() != meta["public"]:
        raise Verdict("tampered", "public key")
    records, head = read_chain(rows, keys, vault)
    known = {row[0] for row in rows.execute("SELECT tag FROM rec NOT INDEXED")}
    facts = {"head": head, "inbox_bad": 0, "drafts": 0, "drafts_bad": 0}
    for ident, enc, body in rows.execute("SELECT id, enc, body FROM inbox NOT INDEXED ORDER BY n"):
        payload = open_letter(private, meta, b"inbox", ident, enc, body)
        if payload is None:
            facts["inbox_bad"] += 1
        elif keys.tag_of(ident) not in known:
            known.add(keys.tag_of(ident))
            records.append((None, ident, payload))
    for ident, enc, body in rows.execute("SELECT id, enc, body FROM draft"):
        opened = open_letter(private, meta, b"draft", ident, enc, body) is not None
        facts["drafts" if opened else "drafts_bad"] += 1
    return records, facts


def main():
    args = sys.argv[1:]
    recovery = "--recovery" in args
    folders = [arg for arg in args if arg != "--recovery"]
    if len(folders) != 1:
        sys.exit(__doc__)
    secret = sys.stdin.buffer.readline().rstrip(b"\r\n")
    try:
        records, facts = read_vault(folders[0], secret, recovery)
    except Verdict as verdict:
        print(json.dumps({"verdict": verdict.word, "what": verdict.what}))
        sys.exit(1)
    for seq, ident, payload in records:
        print(json.dumps({"seq": seq, "id": ident.hex(), "payload": base64.b64encode(payload).decode()}))
    print(json.dumps({"verdict": "ok", "records": len(records), **facts}))


if __name__ == "__main__":
    main()
