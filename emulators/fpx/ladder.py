"""One payment as a ladder of messages between browser, merchant, switch and bank; pure, from the journal's entries.

An entry of the journal becomes the messages it tells of: a question and its answer are two rungs. What the sandbox
cannot see (the browser carrying a form to the merchant) is a rung too, and says so. A kind of entry that this module
has no row for is shown all the same, as something that happened at the switch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from emulators.fpx import checksum
from emulators.fpx.messages import ac, ae, ar, be
from emulators.fpx.outcomes.spoiling import SPOILERS
from emulators.fpx.response_codes import meaning
from emulators.fpx.rung import Party, Rung, Verdict

_B, _M, _S, _K = Party.BROWSER, Party.MERCHANT, Party.SWITCH, Party.BANK


def ladder(entries: Iterable[Mapping[str, Any]]) -> list[Rung]:
    """The rungs of one payment, oldest first."""
    return [rung for entry in entries for rung in _rungs(entry)]


def _rungs(entry: Mapping[str, Any]) -> Iterator[Rung]:
    facts = dict(entry["facts"])
    fields, reply = facts.pop("fields", {}), facts.pop("reply", {})
    row = _KINDS.get(entry["kind"])
    if row is None:
        yield Rung(entry["at"], _S, _S, entry["kind"], Verdict.PLAIN, "", fields, "", facts)
        return
    for rung in row(facts, fields, reply):
        yield Rung(entry["at"], *rung)


_Row = tuple[Any, ...]
_Fields = Mapping[str, str]
_Facts = dict[str, Any]
_Maker = Callable[[_Facts, _Fields, _Fields], Iterator[_Row]]


def _signed(fields: _Fields, order: tuple[str, ...]) -> tuple[dict[str, str], str]:
    return dict(fields), checksum.source(fields, order) if fields else ""


def _ar(facts: _Facts, fields: _Fields, _reply: _Fields) -> Iterator[_Row]:
    yield _M, _B, "AR", Verdict.PLAIN, "borang berisi AR", {}, "", {}, False
    yield _B, _S, "AR", Verdict.GOOD, "diterima", *_signed(fields, ar.CHECKSUM_ORDER), facts
    yield _S, _B, "303", Verdict.PLAIN, "ke halaman bank"


def _repeated(facts: _Facts, _fields: _Fields, _reply: _Fields) -> Iterator[_Row]:
    yield _B, _S, "AR", Verdict.WAIT, "AR yang sama sekali lagi: tiada transaksi baharu", {}, "", facts
    yield _S, _B, "303", Verdict.PLAIN, "ke halaman bank"


def _act(message: str, said: str, verdict: Verdict = Verdict.GOOD, sender: Party = _B, receiver: Party = _K) -> _Row:
    return sender, receiver, message, verdict, said


def _simple(act: _Row) -> _Maker:
    """An entry that is one message without fields."""

    def rungs(facts: _Facts, _fields: _Fields, _reply: _Fields) -> Iterator[_Row]:
        yield *act, {}, "", facts

    return rungs


_ACTS: dict[str, _Row] = {
    "CANCEL": (_B, _K, "Cancel", Verdict.PLAIN, "pembeli membatalkan"),
    "EXPIRE": (_K, _K, "time-out", Verdict.PLAIN, "masa tamat"),
    "END_SESSION": (_K, _K, "time-out", Verdict.PLAIN, "sesi perbankan tamat"),
    "SETTLE": (_K, _K, "settle", Verdict.PLAIN, "keputusan bank kini diketahui"),
}
"""What brought an outcome about, by the event of the state table, where no entry of its own tells it."""


def _outcome(facts: _Facts, fields: _Fields, _reply: _Fields) -> Iterator[_Row]:
    if facts.get("resent"):
        said = "AC terus akan dihantar sekali lagi"
        yield _S, _S, "AC", Verdict.PLAIN, said, *_signed(fields, ac.CHECKSUM_ORDER), facts
        return
    if act := _ACTS.get(str(facts.get("event"))):
        yield act
    code = str(facts.get("code", ""))
    words = f"{code}: {meaning(code).malay}"
    yield _K, _S, code, _of_code(code), words, *_signed(fields, ac.CHECKSUM_ORDER), facts


def _of_code(code: str) -> Verdict:
    return {"00": Verdict.GOOD, "09": Verdict.WAIT, "99": Verdict.WAIT}.get(code, Verdict.BAD)


_ANSWER = ("status", "answer", "milliseconds", "acknowledged", "gave_up", "verdict", "next_due")


def _delivery(facts: _Facts, fields: _Fields, _reply: _Fields) -> Iterator[_Row]:
    name = f"AC direct #{facts.get('number', '')}"
    about = {key: value for key, value in facts.items() if key not in _ANSWER}
    fault = str(facts.get("fault") or "")
    spoiled = fault in SPOILERS
    said = " · ".join(filter(None, (fields.get("fpx_debitAuthCode", ""), fault)))
    yield _S, _M, name, Verdict.WAIT if spoiled else Verdict.PLAIN, said, *_signed(fields, ac.CHECKSUM_ORDER), about
    told = {key: facts[key] for key in _ANSWER if key in facts}
    if not facts.get("status"):
        yield _M, _S, "–", Verdict.BAD, "tiada jawapan", {}, "", told
    elif facts.get("acknowledged") and spoiled:
        yield _M, _S, f"HTTP {facts['status']}", Verdict.BAD, "OK: AC yang dirosakkan dipercayai", {}, "", told
    elif facts.get("acknowledged"):
        yield _M, _S, f"HTTP {facts['status']}", Verdict.GOOD, "OK: diakui", {}, "", told
    elif spoiled:
        yield _M, _S, f"HTTP {facts['status']}", Verdict.GOOD, "tidak diakui, seperti sepatutnya", {}, "", told
    else:
        said = "tidak diakui; berhenti mencuba" if facts.get("gave_up") else "tidak diakui; akan dicuba lagi"
        yield _M, _S, f"HTTP {facts['status']}", Verdict.BAD, said, {}, "", told


def _asked(facts: _Facts, _fields: _Fields, _reply: _Fields) -> Iterator[_Row]:
    said = f"diminta: {facts.get('fault', '')} ({facts.get('door', '')})"
    yield _S, _S, "sandbox", Verdict.PLAIN, said, {}, "", facts


def _fault(facts: _Facts, _fields: _Fields, _reply: _Fields) -> Iterator[_Row]:
    said = f"{facts.get('fault', '')} ({facts.get('door', '')})"
    yield _S, _S, "kesilapan", Verdict.WAIT, said, {}, "", facts


def _indirect(facts: _Facts, fields: _Fields, _reply: _Fields) -> Iterator[_Row]:
    said = "borang di halaman hasil" if fields else "tiada jalan balik"
    yield _K, _B, "AC indirect", Verdict.PLAIN, said, *_signed(fields, ac.CHECKSUM_ORDER), facts
    if fields:
        said = "dibawa oleh pelayar; tidak melalui sandbox"
        yield _B, _M, "AC indirect", Verdict.PLAIN, said, {}, "", {}, False


def _enquiry(facts: _Facts, fields: _Fields, reply: _Fields) -> Iterator[_Row]:
    yield _M, _S, "AE", Verdict.GOOD, "diterima", *_signed(fields, ae.CHECKSUM_ORDER), facts
    code = str(reply.get("fpx_debitAuthCode", ""))
    words = f"{code}: {meaning(code).malay}" if code else "ERROR"
    yield _S, _M, "AC", _of_code(code), words, *_signed(reply, ac.CHECKSUM_ORDER)


def _bank_list(facts: _Facts, fields: _Fields, reply: _Fields) -> Iterator[_Row]:
    yield _M, _S, "BE", Verdict.GOOD, "diterima", *_signed(fields, be.CHECKSUM_ORDER), facts
    yield _S, _M, "BC", Verdict.PLAIN, "senarai bank", *_signed(reply, be.REPLY_CHECKSUM_ORDER)


def _refused(message: str, order: tuple[str, ...]) -> _Maker:
    asker = _B if message == "AR" else _M

    def rungs(facts: _Facts, fields: _Fields, _reply: _Fields) -> Iterator[_Row]:
        yield asker, _S, message, Verdict.BAD, "ditolak", *_signed(fields, order), facts
        yield _S, asker, "ERROR" if message != "AR" else "400", Verdict.BAD, str(facts.get("sentence", ""))

    return rungs


_KINDS: dict[str, _Maker] = {
    "AR": _ar,
    "AR repeated": _repeated,
    "AR refused": _refused("AR", ar.CHECKSUM_ORDER),
    "asked": _asked,
    "signed in": _simple(_act("Sign in", "pembeli log masuk")),
    "sign-in failed": _simple(_act("Sign in", "log masuk gagal", Verdict.BAD)),
    "account chosen": _simple(_act("Account", "pembeli memilih akaun")),
    "TAC given": _simple(_act("TAC", "TAC betul")),
    "TAC failed": _simple(_act("TAC", "TAC salah", Verdict.BAD)),
    "confirmed": _simple(_act("Confirm", "pembeli mengesahkan")),
    "approver acted": _simple(_act("B2BAuth", "pelulus membuat keputusan")),
    "decided": _simple(_act("console", "diputuskan di konsol", Verdict.PLAIN, _K, _K)),
    "buyer returned": _simple(_act("Continue", "pembeli kembali ke laman penjual", Verdict.PLAIN)),
    "AC owed": _outcome,
    "AC delivery": _delivery,
    "AC indirect": _indirect,
    "fault": _fault,
    "AE": _enquiry,
    "AE unknown": _enquiry,
    "AE refused": _refused("AE", ae.CHECKSUM_ORDER),
    "BE": _bank_list,
    "BE refused": _refused("BE", be.CHECKSUM_ORDER),
}
