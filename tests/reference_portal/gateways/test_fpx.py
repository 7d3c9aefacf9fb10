"""The merchant's end of FPX: what it sends, what it believes, what it does when FPX is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from reference_portal.clock import MALAYSIA
from reference_portal.errors import Forged, GatewayDown
from reference_portal.gateways import fpx_messages as wire
from reference_portal.gateways.fpx import Bank, Fpx, Model, Payment
from reference_portal.gateways.fpx_signature import FpxCertificate, sign
from reference_portal.settings import PortalSettings

if TYPE_CHECKING:
    from tests.reference_portal.gateways.conftest import Told

PAYMENT = Payment(
    order_number="SBX-20190515-000123",
    exchange_order_number="SBX-20190515-000123-1",
    placed_at=datetime(2019, 5, 15, 2, 30, 5, tzinfo=UTC),
    amount_sen=15720,
    bank_id="UJIAN001",
    buyer_name="Ujian bin Contoh",
    buyer_email="ujian@contoh.invalid",
)


@pytest.fixture(name="settings")
def _settings(counterpart: Told, tmp_path: Path) -> PortalSettings:
    """A portal whose FPX is the counterpart."""
    return PortalSettings(data_dir=tmp_path, fpx_server_url=counterpart.url + "/", fpx_timeout_seconds=5)


@pytest.fixture(name="fpx")
def _fpx(settings: PortalSettings, key: RSAPrivateKey, published: dict[str, str], tmp_path: Path) -> Iterator[Fpx]:
    """The gateway under test; the published key signs on both sides."""
    path = tmp_path / "fpx_current.cer"
    path.write_text(published["certificate"])
    fpx = Fpx(settings, key, path)
    yield fpx
    fpx.close()


def confirmation(key: RSAPrivateKey, **changed: str) -> dict[str, str]:
    """A signed AC for PAYMENT with fields changed before signing."""
    values = {
        "debitAuthCode": "00",
        "debitAuthNo": "15733223",
        "sellerExId": "EX00000789",
        "creditAuthNo": "9999999999",
        "buyerName": "N@ME()/ .-&BUYER",
        "buyerId": "",
        "sellerTxnTime": "20190515103005",
        "sellerExOrderNo": PAYMENT.exchange_order_number,
        "makerName": "New Simulator",
        "buyerBankBranch": "BANK UJIAN A",
        "buyerBankId": "UJIAN001",
        "msgToken": "01",
        "creditAuthCode": "00",
        "sellerId": "SE00000789",
        "fpxTxnTime": "20190515103207",
        "buyerIban": "",
        "sellerOrderNo": PAYMENT.order_number,
        "txnAmount": "157.20",
        "fpxTxnId": "1905151032070042",
        "msgType": "AC",
        "txnCurrency": "MYR",
        **changed,
    }
    fields = {f"fpx_{name}": value for name, value in values.items()}
    fields["fpx_checkSum"] = sign(key, wire.source(fields, wire.CONFIRMATION_SIGNED))
    return fields


def test_an_ar_has_every_field_in_wire_order_and_is_signed(fpx: Fpx, tmp_path: Path) -> None:
    """Twenty-one fields, Malaysia time, two decimals, blanks where the portal has nothing to say."""
    fields = fpx.authorization_request(PAYMENT)
    checksum = fields["fpx_checkSum"]

    assert list(fields) == [f"fpx_{name}" for name in wire.REQUEST_ORDER]
    assert {name: value for name, value in fields.items() if name != "fpx_checkSum" and value} == {
        "fpx_msgType": "AR",
        "fpx_msgToken": "01",
        "fpx_sellerExId": "EX00000789",
        "fpx_sellerExOrderNo": "SBX-20190515-000123-1",
        "fpx_sellerTxnTime": "20190515103005",
        "fpx_sellerOrderNo": "SBX-20190515-000123",
        "fpx_sellerId": "SE00000789",
        "fpx_sellerBankCode": "01",
        "fpx_txnCurrency": "MYR",
        "fpx_txnAmount": "157.20",
        "fpx_buyerEmail": "ujian@contoh.invalid",
        "fpx_buyerName": "Ujian bin Contoh",
        "fpx_buyerBankId": "UJIAN001",
        "fpx_productDesc": "Caruman SKSPS",
        "fpx_version": "7.0",
    }
    assert len(checksum) == 512
    assert FpxCertificate(tmp_path / "fpx_current.cer").verifies(wire.source(fields, wire.REQUEST_SIGNED), checksum)


def test_the_browsers_address_is_not_the_servers(settings: PortalSettings, fpx: Fpx) -> None:
    """The form goes to the address a browser can reach; so does the link to the terms."""
    assert fpx.authorization_url == "http://127.0.0.1:8010/FPXMain/seller2DReceiver.jsp"
    assert fpx.terms_url == "http://127.0.0.1:8010/FPXMain/termsAndConditions.jsp"


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("Ujian a/l Contoh, D'Sampel", "Ujian a/l Contoh, D'Sampel"),
        ("D’Sampel Ṣafā", "D'Sampel Safa"),
        ("Ujian <b> | Contoh", "Ujian b  Contoh"),
        ("U" * 80, "U" * 40),
        ("U" * 39 + " Contoh", "U" * 39),
    ],
)
def test_names_are_brought_into_fpx_signs(fpx: Fpx, name: str, sent: str) -> None:
    """Forty signs of those FPX takes; the bar that parts signed values never enters, nor an outer space."""
    assert fpx.authorization_request(replace(PAYMENT, buyer_name=name))["fpx_buyerName"] == sent


@pytest.mark.parametrize(("length", "sent"), [(50, True), (51, False)])
def test_an_address_too_long_for_fpx_is_left_out(fpx: Fpx, length: int, sent: bool) -> None:
    """Cut short it would be somebody else's."""
    address = "u" * (length - len("@contoh.invalid")) + "@contoh.invalid"

    assert bool(fpx.authorization_request(replace(PAYMENT, buyer_email=address))["fpx_buyerEmail"]) is sent


@pytest.mark.parametrize(("sen", "sent"), [(1, "0.01"), (100, "1.00"), (1310, "13.10"), (3000000, "30000.00")])
def test_amounts_travel_with_two_decimals_and_no_comma(fpx: Fpx, sen: int, sent: str) -> None:
    """Whole sen in, FPX's text out."""
    assert fpx.authorization_request(replace(PAYMENT, amount_sen=sen))["fpx_txnAmount"] == sent


def test_a_genuine_ac_is_read(fpx: Fpx, key: RSAPrivateKey) -> None:
    """Amount in sen, FPX's instant in Malaysia time, the bank by the name the portal shows."""
    read = fpx.read_confirmation(confirmation(key))

    assert read.approved
    assert (read.order_number, read.exchange_order_number) == (PAYMENT.order_number, PAYMENT.exchange_order_number)
    assert (read.amount_sen, read.currency, read.model) == (15720, "MYR", "01")
    assert (read.debit_code, read.debit_number, read.credit_code) == ("00", "15733223", "00")
    assert read.fpx_transaction_id == "1905151032070042"
    assert read.fpx_time == datetime(2019, 5, 15, 10, 32, 7, tzinfo=MALAYSIA)
    assert (read.bank_id, read.bank_name) == ("UJIAN001", "Bank Ujian A")


def test_an_unknown_order_has_neither_number_nor_time(fpx: Fpx, key: RSAPrivateKey) -> None:
    """The 76 reply is blank where FPX knows nothing, and is no approval."""
    read = fpx.read_confirmation(
        confirmation(key, debitAuthCode="76", creditAuthCode="", fpxTxnId="", fpxTxnTime="", buyerBankId="BARU0001")
    )

    assert (read.approved, read.fpx_time, read.fpx_transaction_id) == (False, None, "")
    assert read.bank_name == "BANK UJIAN A"


@pytest.mark.parametrize("name", wire.CONFIRMATION_SIGNED)
def test_a_tampered_ac_is_not_believed(fpx: Fpx, key: RSAPrivateKey, name: str) -> None:
    """Any signed field changed after signing makes it a forgery; so does leaving a filled one out."""
    changed = confirmation(key, **{name: "1"})
    changed[f"fpx_{name}"] = "2"
    with pytest.raises(Forged):
        fpx.read_confirmation(changed)
    del changed[f"fpx_{name}"]
    with pytest.raises(Forged):
        fpx.read_confirmation(changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"sellerExId": "EX00000001"},
        {"sellerId": "SE00000001"},
        {"msgType": "AR"},
        {"msgType": ""},
        {"txnAmount": "157.2"},
        {"txnAmount": "1,157.20"},
        {"txnAmount": "-157.20"},
        {"txnAmount": ""},
        {"fpxTxnTime": "20190231000000"},
        {"fpxTxnTime": "now"},
        {"debitAuthCode": ""},
        {"debitAuthCode": "0"},
        {"debitAuthCode": " 00"},
    ],
)
def test_a_signed_ac_for_somebody_else_or_without_sense_is_not_believed(
    fpx: Fpx, key: RSAPrivateKey, changed: dict[str, str]
) -> None:
    """FPX signs for every seller; only what is addressed to this one counts, with an amount, a time and a code."""
    with pytest.raises(Forged):
        fpx.read_confirmation(confirmation(key, **changed))


@pytest.mark.parametrize("form", [{}, {"fpx_checkSum": ""}, {"fpx_debitAuthCode": "00", "fpx_checkSum": "00"}])
def test_an_empty_or_unsigned_form_is_not_believed(fpx: Fpx, form: dict[str, str]) -> None:
    """Whoever guesses the callback's address gets nothing by it."""
    with pytest.raises(Forged):
        fpx.read_confirmation(form)


def test_fields_fpx_did_not_sign_change_nothing(fpx: Fpx, key: RSAPrivateKey) -> None:
    """An extra posted field is neither read nor a reason to refuse."""
    form = confirmation(key)

    assert fpx.read_confirmation({**form, "Submit": "1", "fpx_extra": "x"}) == fpx.read_confirmation(form)


@pytest.mark.parametrize("around", ["{}", "\n{}\n", "\r\n\r\n{}\r\n"])
def test_an_enquiry_posts_ae_and_reads_the_reply(fpx: Fpx, key: RSAPrivateKey, counterpart: Told, around: str) -> None:
    """The same twenty fields as the AR with msgType AE; blank lines some installations add are forgiven."""
    counterpart.body = around.format(urlencode(confirmation(key, debitAuthCode="09", creditAuthCode="")))

    told = fpx.enquire(PAYMENT)
    ((path, sent, _),) = counterpart.asked

    assert (told.debit_code, told.approved) == ("09", False)
    assert path == "/FPXMain/sellerNVPTxnStatus.jsp"
    assert sent["fpx_msgType"] == "AE"
    assert set(sent) == {f"fpx_{name}" for name in wire.REQUEST_ORDER}


def test_the_reply_about_another_order_is_not_believed(fpx: Fpx, key: RSAPrivateKey, counterpart: Told) -> None:
    """A genuine approval of another order, replayed, does not pay for this one."""
    counterpart.body = urlencode(confirmation(key, sellerExOrderNo="SBX-20190515-000001-1"))

    with pytest.raises(Forged, match="another order"):
        fpx.enquire(PAYMENT)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, "ERROR"),
        (200, "\n\nERROR\n"),
        (200, ""),
        (200, "msgfromfpx= PROSESSING ERROR"),
        (200, "<html>Maintenance</html>"),
        (500, "fpx_msgType=AC"),
        (302, ""),
    ],
)
def test_what_is_no_answer_is_fpx_being_down(fpx: Fpx, counterpart: Told, status: int, body: str) -> None:
    """The bare ERROR, an empty page or a status that is not 200: come again later."""
    counterpart.status, counterpart.body = status, body

    with pytest.raises(GatewayDown) as down:
        fpx.bank_list()
    with pytest.raises(GatewayDown):
        fpx.enquire(PAYMENT)

    assert down.value.code == "E-PAY-10"


def test_an_unreachable_fpx_is_down(
    settings: PortalSettings, key: RSAPrivateKey, closed_url: str, tmp_path: Path
) -> None:
    """A refused connection is told as such, with the address."""
    fpx = Fpx(settings.model_copy(update={"fpx_server_url": closed_url}), key, tmp_path / "fpx_current.cer")

    with pytest.raises(GatewayDown, match=closed_url):
        fpx.bank_list()
    fpx.close()


def bank_list(key: RSAPrivateKey, banks: str, **changed: str) -> str:
    """A signed BC line."""
    values = {"msgToken": "01", "sellerExId": "EX00000789", "bankList": banks, "msgType": "BC", **changed}
    fields = {f"fpx_{name}": value for name, value in values.items()}
    fields["fpx_checkSum"] = sign(key, wire.source(fields, wire.BANK_LIST_SIGNED))
    return urlencode(fields)


def test_banks_are_listed_by_name_with_offline_ones_marked(fpx: Fpx, key: RSAPrivateKey, counterpart: Told) -> None:
    """FPX's order is arbitrary; a bank nobody has named is shown by its id and an odd entry is never a crash."""
    counterpart.body = bank_list(key, "UJIAN003~B,TEST0021~A,baru9999~A,UJIAN001~A,UJIAN002,,~A")

    assert fpx.bank_list() == [
        Bank("UJIAN001", "Bank Ujian A", online=True),
        Bank("UJIAN002", "Bank Ujian B", online=False),
        Bank("UJIAN003", "Bank Ujian C", online=False),
        Bank("baru9999", "baru9999", online=True),
        Bank("TEST0021", "SBI Bank A", online=True),
    ]


def test_the_bank_enquiry_is_signed_and_names_the_model(fpx: Fpx, key: RSAPrivateKey, counterpart: Told) -> None:
    """BE for business banking says 02, and the reply has to say so too."""
    counterpart.body = bank_list(key, "", msgToken="02")

    assert fpx.bank_list(Model.B2B1) == []
    ((path, sent, _),) = counterpart.asked
    assert path == "/FPXMain/RetrieveBankList"
    assert sent == {
        "fpx_msgToken": "02",
        "fpx_msgType": "BE",
        "fpx_sellerExId": "EX00000789",
        "fpx_version": "7.0",
        "fpx_checkSum": sign(key, "02|BE|EX00000789|7.0"),
    }


@pytest.mark.parametrize("changed", [{"msgToken": "02"}, {"sellerExId": "EX00000001"}, {"msgType": "BE"}])
def test_a_bank_list_for_another_question_is_not_believed(
    fpx: Fpx, key: RSAPrivateKey, counterpart: Told, changed: dict[str, str]
) -> None:
    """Signed, but not for this merchant and model."""
    counterpart.body = bank_list(key, "UJIAN001~A", **changed)

    with pytest.raises(Forged):
        fpx.bank_list()


def test_a_forged_bank_list_is_not_believed(fpx: Fpx, key: RSAPrivateKey, counterpart: Told) -> None:
    """A bank slipped in on the way is noticed."""
    counterpart.body = bank_list(key, "UJIAN001~A").replace("UJIAN001", "UJIAN009")

    with pytest.raises(Forged):
        fpx.bank_list()
