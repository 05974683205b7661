"""Writes vaults from docs/vault-format.md alone, sharing no code with the program: the good vault of the vectors."""
import hashlib
import os
import sqlite3
import sys

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import reader as r

PASSPHRASE = "a correct passphrase, spelt with an é"
CODE = bytes(range(7, 27))


class Seeded:
    """A stream of bytes that is the same at each run."""

    def __init__(self):
        self.count = 0

    def __call__(self, size):
        self.count += 1
        return hashlib.shake_256(b"vault vectors" + r.number(self.count, 8)).digest(size)


draw = Seeded()


def seal(key, aad, plain):
    nonce = draw(24)
    return nonce + r.xchacha_seal(plain, aad, nonce, key)


def pack(ident, payload, filling=b"\0"):
    body = ident + r.number(len(payload), 4) + payload
    return body + filling * (-len(body) % 256)


def letter(public, label, vault, ident, payload, inner=None):
    one = X25519PrivateKey.from_private_bytes(draw(32))
    enc = one.public_key().public_bytes_raw()
    shared = one.exchange(X25519PublicKey.from_public_bytes(public))
    key, nonce = r.hpke_context(shared, enc, public, b"periscreen " + label + b"\0" + r.F + vault)
    return ident, enc, ChaCha20Poly1305(key).encrypt(nonce, pack(inner or ident, payload), ident)


def code_text(code):
    bits = int.from_bytes(code, "big")
    letters = "".join(r.ALPHABET[bits >> shift & 31] for shift in range(155, -1, -5)) + r.code_check(code)
    return "-".join(letters[at:at + 4] for at in range(0, 36, 4))


class Vault:
    """The rows of a vault, and the file they make."""

    def __init__(self):
        self.id, self.master = draw(16), draw(32)
        self.keys = r.Keys(self.master, self.id)
        self.private = draw(32)
        self.public = X25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()
        self.rows, self.link = [], bytes(32)
        self.records = []

    def add(self, payload, ident=None, kind=0, body=None):
        ident = ident or draw(16)
        seq, tag = len(self.rows) + 1, self.keys.tag_of(ident)
        body = body(seq, tag) if body else self.body(seq, tag, pack(ident, payload), kind)
        leaf = hashlib.sha256(body).digest()
        self.link = r.mac(self.keys.chain, r.link_data(seq, kind, self.link, tag, leaf))
        self.rows.append([seq, kind, tag, leaf, body])
        if kind == 0:
            self.records.append((ident, payload))
        return seq

    def body(self, seq, tag, envelope, kind=0):
        return seal(self.keys.record, r.record_aad(self.id, kind, seq, tag), envelope)

    def erase(self, seq):
        self.rows[seq - 1][4] = None
        self.add(r.number(seq, 8), kind=1)

    def head(self, count=None, link=None):
        count, link = len(self.rows) if count is None else count, link or self.link
        return r.number(count, 8) + link + r.mac(self.keys.chain, r.head_data(self.id, count, link))

    def slot(self, row, kind, params, key, sum_of=None):
        aad = r.slot_aad(self.id, row, kind, params)
        wrapped = seal(key, aad, self.master)
        return row, kind.decode(), params, wrapped, hashlib.sha256(aad + wrapped).digest()

    def passphrase_slot(self, memory=19456, passes=2, lanes=1, derive=True):
        salt = draw(16)
        params = b"\x01" + r.number(memory, 4) + r.number(passes, 4) + r.number(lanes, 4) + salt
        key = draw(32)
        if derive:
            key = hash_secret_raw(PASSPHRASE.encode(), salt, passes, memory, lanes, 32, Type.ID, 0x13)
        return self.slot(1, b"passphrase", params, key)

    def meta(self, public=None, private=None):
        public = public or self.public
        private = private or seal(self.keys.meta, b"periscreen private\0" + r.F + self.id + public, self.private)
        data = b"periscreen meta\0" + r.F + self.id + public + private
        return {"format": r.F, "vault": self.id, "public": public, "private": private,
                "sum": hashlib.sha256(data).digest(), "head": self.head()}

    def write(self, path):
        rows = sqlite3.connect(path, isolation_level=None)
        for pragma in ("page_size=4096", "auto_vacuum=NONE", "encoding='UTF-8'",
                       f"application_id={r.APPLICATION_ID}", "user_version=1", "journal_mode=DELETE"):
            rows.execute(f"PRAGMA {pragma}")
        rows.execute("BEGIN")
        for text in r.TABLES.values():
            rows.execute(text)
        rows.executemany("INSERT INTO meta VALUES(?, ?)", self.meta().items())
        salt = draw(16)
        recovery = self.slot(2, b"recovery", b"\x01" + salt, r.hkdf(salt, CODE, b"periscreen key recovery\0"))
        rows.executemany("INSERT INTO slot VALUES(?, ?, ?, ?, ?)", [self.passphrase_slot(), recovery])
        rows.executemany("INSERT INTO rec VALUES(?, ?, ?, ?, ?)", self.rows)
        for ident, payload in self.inbox:
            rows.execute("INSERT INTO inbox(id, enc, body) VALUES(?, ?, ?)",
                         letter(self.public, b"inbox", self.id, ident, payload))
        rows.execute("INSERT INTO draft VALUES(?, ?, ?)", letter(self.public, b"draft", self.id, draw(16), b"unfinished"))
        rows.execute("COMMIT")
        rows.close()


def good():
    vault = Vault()
    for payload in (b"", b"one", bytes(range(256)), b"x" * 236, b"y" * 237, b'{"answers":[1,2,3]}', b"erased later", b"last"):
        vault.add(payload)
    vault.erase(7)
    del vault.records[6]
    vault.add(b"after the erasure")
    vault.inbox = [(draw(16), b"first in the inbox"), (draw(16), b"second in the inbox")]
    return vault
