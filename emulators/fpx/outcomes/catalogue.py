"""The one literal catalogue of what a tester can make happen: every response code, and every fault by its name.

Four doors read it: magic values (amount, buyer), the header X-Sandbox-Fault, the console and /_control/faults. What a
row does to a message is in `spoiling` and `deliveries`, to the bank's decision in `decisions`, to an answer of the
switch in the door `misbehaviour`. Magic amounts (`asked`) are held by merchants' tests: a number once given stays.
"""

from __future__ import annotations

from emulators.foundation.fault_wishes import Fault, Parameter
from emulators.fpx.outcomes.stages import BankId, FailureCode, FieldName, Row, Stage
from emulators.fpx.response_codes import CODES, ResponseCode
from emulators.fpx.triggers import Words

LETTERED = tuple(
    code
    for row in (
        "BB BC DA DB DC DD DE DF FE OE OF OO SB XA XB XC XE XF XI XM XN XO XS XT XW",
        "1A 1B 1C 1D 1E 1F 1G 1H 1I 1J 1K 1L 1M 1S 2A 2X B0 B1 B2 B3 B4 B5 B6 B7 B8 B9 C1 C2 C3 C4 C5",
    )
    for code in row.split()
)
"""Codes with a letter, in the order of their magic amounts (801 on); a new one goes to the end."""

_ENQUIRIES = Parameter(2, "the enquiry (AE) that finds the payment decided", least=1, most=1000)
_GENUINE = Parameter(0.0, "seconds after which the genuine direct AC follows; 0: none follows", most=10**7)
_FIELD = FieldName("debitAuthCode", "the field left out, by its wire name")


def _code(row: ResponseCode) -> Row:
    number = 900 + int(row.code) if row.code.isdigit() else 801 + LETTERED.index(row.code)
    said = Words(f"the bank answers {row.code}: {row.english}", f"bank menjawab {row.code}: {row.malay}")
    return Row(f"code-{row.code}", number, Stage.BANK, said, code=row.code)


_BANK = (
    Row(
        "pending-then-paid",
        701,
        Stage.BANK,
        Words(
            "pending (09) by both ACs; a later AE finds 00",
            "menunggu (09) dalam kedua-dua AC; AE kemudian mendapati 00",
        ),
        {"enquiries": _ENQUIRIES},
        "09",
    ),
    Row(
        "pending-then-failed",
        702,
        Stage.BANK,
        Words(
            "pending (09) by both ACs; a later AE finds it failed",
            "menunggu (09) dalam kedua-dua AC; AE kemudian mendapati gagal",
        ),
        {"enquiries": _ENQUIRIES, "code": FailureCode("51", "the code it fails with")},
        "09",
    ),
    Row(
        "pending-for-good",
        703,
        Stage.BANK,
        Words("pending (09), however often AE asks", "menunggu (09), walau berapa kali AE bertanya"),
        code="09",
    ),
    Row(
        "debited-callback-lost",
        704,
        Stage.BANK,
        Words(
            "money debited, callback lost: approved, no direct AC, the browser does not return; AE says 00",
            "wang didebit, panggil balik hilang: diluluskan, tiada AC terus, pelayar tidak kembali; AE menjawab 00",
        ),
        code="00",
    ),
)

_DIRECT = (
    Row(
        "direct-lost",
        711,
        Stage.DIRECT,
        Words("the direct AC is lost on its way", "AC terus hilang dalam perjalanan"),
        {"deliveries": Parameter(0, "how many first deliveries are lost; 0: every one", most=1000)},
    ),
    Row(
        "direct-delayed",
        712,
        Stage.DIRECT,
        Words("the direct AC comes late", "AC terus lambat tiba"),
        {"seconds": Parameter(60.0, "how late, by the sandbox's clock", most=10**7)},
    ),
    Row(
        "direct-twice",
        713,
        Stage.DIRECT,
        Words(
            "the direct AC comes twice, though it was answered OK", "AC terus tiba dua kali walaupun sudah dijawab OK"
        ),
        {"seconds": Parameter(0.0, "seconds between the two; 0: at once", most=10**7)},
    ),
    Row(
        "direct-repeated",
        714,
        Stage.DIRECT,
        Words(
            "the direct AC comes several times, though it was answered OK",
            "AC terus tiba beberapa kali walaupun sudah dijawab OK",
        ),
        {
            "times": Parameter(3, "how often in all", least=1, most=100),
            "seconds": Parameter(1.0, "seconds between two", most=10**7),
        },
    ),
    Row(
        "direct-after-indirect",
        715,
        Stage.DIRECT,
        Words("the direct AC comes after the indirect one", "AC terus tiba selepas AC tidak terus"),
        {
            "seconds": Parameter(2.0, "seconds after the buyer has gone back", most=10**7),
            "at_latest": Parameter(600.0, "seconds after which it comes even if the buyer stays", most=10**7),
        },
    ),
    Row(
        "direct-altered-amount",
        716,
        Stage.DIRECT,
        Words(
            "the direct AC's amount was altered after it was signed",
            "amaun dalam AC terus diubah selepas ditandatangani",
        ),
        {"genuine_after": _GENUINE},
    ),
    Row(
        "direct-wrong-amount",
        717,
        Stage.DIRECT,
        Words(
            "the direct AC is signed rightly over another amount than the order's",
            "AC terus ditandatangani dengan betul tetapi amaunnya bukan amaun pesanan",
        ),
        {"genuine_after": _GENUINE},
    ),
    Row(
        "direct-bad-signature",
        718,
        Stage.DIRECT,
        Words("the direct AC's checkSum is wrong", "checkSum AC terus salah"),
        {"genuine_after": _GENUINE},
    ),
    Row(
        "direct-retired-certificate",
        719,
        Stage.DIRECT,
        Words(
            "the direct AC is signed with the switch's retired key",
            "AC terus ditandatangani dengan kunci suis yang telah bersara",
        ),
        {"genuine_after": _GENUINE},
    ),
    Row(
        "direct-missing-field",
        720,
        Stage.DIRECT,
        Words(
            "a field is missing in the direct AC, which is signed as if it were blank",
            "satu medan tiada dalam AC terus, yang ditandatangani seolah-olah medan itu kosong",
        ),
        {"field": _FIELD, "genuine_after": _GENUINE},
    ),
    Row(
        "direct-forged",
        721,
        Stage.DIRECT,
        Words(
            "a forged direct AC says 00, signed with a stranger's key; the genuine one follows",
            "AC terus palsu menyatakan 00, ditandatangani dengan kunci orang lain; yang tulen menyusul",
        ),
        {"genuine_after": Parameter(5.0, _GENUINE.sentence, most=10**7)},
    ),
)

_RETURN = (
    Row(
        "browser-never-returns",
        731,
        Stage.RETURN,
        Words(
            "the bank's result page has no way back: no indirect AC",
            "halaman keputusan bank tiada jalan balik: tiada AC tidak terus",
        ),
    ),
    Row(
        "indirect-altered-amount",
        732,
        Stage.RETURN,
        Words(
            "the indirect AC's amount was altered after it was signed",
            "amaun dalam AC tidak terus diubah selepas ditandatangani",
        ),
    ),
    Row(
        "indirect-bad-signature",
        733,
        Stage.RETURN,
        Words("the indirect AC's checkSum is wrong", "checkSum AC tidak terus salah"),
    ),
    Row(
        "indirect-retired-certificate",
        734,
        Stage.RETURN,
        Words(
            "the indirect AC is signed with the switch's retired key",
            "AC tidak terus ditandatangani dengan kunci suis yang telah bersara",
        ),
    ),
    Row(
        "indirect-missing-field",
        735,
        Stage.RETURN,
        Words(
            "a field is missing in the indirect AC, which is signed as if it were blank",
            "satu medan tiada dalam AC tidak terus, yang ditandatangani seolah-olah medan itu kosong",
        ),
        {"field": _FIELD},
    ),
    Row(
        "indirect-forged",
        736,
        Stage.RETURN,
        Words(
            "the buyer has changed the indirect AC to say 00",
            "pembeli telah mengubah AC tidak terus supaya menyatakan 00",
        ),
    ),
)

_SWITCH = (
    Row(
        "switch-slow",
        741,
        Stage.SWITCH,
        Words("the switch answers slowly", "suis lambat menjawab"),
        {"seconds": Parameter(10.0, "how long, in real time", most=300)},
    ),
    Row(
        "switch-5xx",
        742,
        Stage.SWITCH,
        Words("the switch answers with a server error", "suis menjawab dengan ralat pelayan"),
        {"status": Parameter(503, "the HTTP status", least=500, most=599)},
    ),
    Row("switch-error", 743, Stage.SWITCH, Words("the switch answers ERROR", "suis menjawab ERROR")),
    Row(
        "switch-hangs-up",
        744,
        Stage.SWITCH,
        Words("the switch closes the connection without an answer", "suis memutuskan sambungan tanpa jawapan"),
    ),
    Row(
        "switch-answer-lost",
        745,
        Stage.SWITCH,
        Words(
            "the switch acts on the message, but its answer is lost: the connection closes",
            "suis bertindak atas mesej itu, tetapi jawapannya hilang: sambungan terputus",
        ),
    ),
    Row(
        "bank-offline",
        751,
        Stage.LIST,
        Words(
            "the bank is offline: status B in the bank list, BB for an AR",
            "bank luar talian: status B dalam senarai bank, BB bagi AR",
        ),
        {"bank": BankId("", "the bank's id; blank: every bank of the list, or the one AR chose")},
    ),
)

CATALOGUE: tuple[Row, ...] = (*_BANK, *_DIRECT, *_RETURN, *_SWITCH, *map(_code, CODES.values()))
"""Every row, the named ones first."""

BY_NAME = {row.name: row for row in CATALOGUE}
FAULTS: tuple[Fault, ...] = tuple(row.fault for row in CATALOGUE)
"""The catalogue as the foundation's `Faults` reads it."""

KNOWN = {fault.name: fault for fault in FAULTS}
