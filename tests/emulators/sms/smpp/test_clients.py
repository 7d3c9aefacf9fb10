"""Client libraries that nobody here wrote work unchanged but for the address."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from aiosmpplib import ESME, NPI, TON, AbstractHook, DeliverSm, PhoneNumber, SmppMessage, SubmitSm, SubmitSmResp
from smpplib import client as smpp_client
from smpplib import consts, gsm
from smpplib.command import Command

from emulators.foundation.clock import Clock
from tests.emulators.sms.smpp.conftest import Running, start_room

LONG = "Kod pengesahan PERKESO anda ialah 739201. " * 6
SECONDS = 10


@pytest.fixture(name="running", scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A room that delivers at once."""
    with ExitStack() as held:
        yield start_room(tmp_path_factory.mktemp("clients"), Clock(), held, delivered_after=0)


@pytest.mark.parametrize("text", ["Kod anda 123456 {€}", LONG, "Kod 你好 654321 " * 8])
def test_smpplib_submits_in_parts_and_gets_every_receipt(running: Running, text: str) -> None:
    """As its own manual does it: `make_parts`, `send_message`, handlers, `unbind`."""
    host, _, port = running.address.rpartition(":")
    answered: list[bytes] = []
    receipts: list[Command] = []
    with smpp_client.Client(host, int(port), timeout=SECONDS, allow_unknown_opt_params=False) as client:
        client.set_message_sent_handler(lambda pdu: answered.append(pdu.message_id))
        client.set_message_received_handler(lambda pdu: receipts.append(pdu))
        client.connect()
        client.bind_transceiver(system_id="smpplib", password="secret")
        parts, data_coding, esm_class = gsm.make_parts(text)
        for part in parts:
            client.send_message(
                source_addr_ton=consts.SMPP_TON_ALNUM,
                source_addr="PERKESO",
                dest_addr_ton=consts.SMPP_TON_INTL,
                dest_addr_npi=consts.SMPP_NPI_ISDN,
                destination_addr="60110000071",
                short_message=part,
                data_coding=data_coding,
                esm_class=esm_class,
                registered_delivery=True,
            )
        while len(receipts) < len(parts):
            client.read_once()
    message = running.messages("+60110000071")[0]

    assert (message["body"], message["from"]) == (text, "PERKESO")
    assert [part["message_id"].encode() for part in message["smpp_parts"]] == answered
    assert {receipt.receipted_message_id for receipt in receipts} == set(answered)
    assert {receipt.message_state for receipt in receipts} == {consts.SMPP_MESSAGE_STATE_DELIVERED}


def test_smpplib_asks_where_its_message_is(running: Running) -> None:
    """By query_sm; the library allows it to a transceiver only."""
    host, _, port = running.address.rpartition(":")
    answered: list[bytes] = []
    states: list[int] = []
    with smpp_client.Client(host, int(port), timeout=SECONDS, allow_unknown_opt_params=False) as client:
        client.set_message_sent_handler(lambda pdu: answered.append(pdu.message_id))
        client.set_query_resp_handler(lambda pdu: states.append(pdu.message_state))
        client.connect()
        client.bind_transceiver(system_id="smpplib", password="secret")
        client.send_message(source_addr="68833", destination_addr="60110000072", short_message=b"hai")
        client.read_once()
        client.query_message(message_id=answered[0].decode(), source_addr_ton=0, source_addr_npi=0, source_addr="68833")
        client.read_once()

    assert states in ([consts.SMPP_MESSAGE_STATE_ENROUTE], [consts.SMPP_MESSAGE_STATE_DELIVERED])


class Heard(AbstractHook):
    """Remembers what aiosmpplib hears."""

    def __init__(self) -> None:
        self.answers: list[SubmitSmResp] = []
        self.receipts: list[DeliverSm] = []
        self.errors: list[Exception] = []
        self.all = asyncio.Event()

    async def sending(self, smpp_message: SmppMessage, pdu: bytes, client_id: str) -> None:
        """Nothing to do."""

    async def received(self, smpp_message: SmppMessage | None, pdu: bytes, client_id: str) -> None:
        """An answer or a receipt."""
        del pdu, client_id
        if isinstance(smpp_message, SubmitSmResp):
            self.answers.append(smpp_message)
        elif isinstance(smpp_message, DeliverSm):
            self.receipts.append(smpp_message)
            if len(self.receipts) == 3:
                self.all.set()

    async def send_error(self, smpp_message: SmppMessage, error: Exception, client_id: str) -> None:
        """It could not even be sent."""
        del smpp_message, client_id
        self.errors.append(error)


def test_aiosmpplib_submits_and_correlates_every_receipt(running: Running) -> None:
    """It finds the message of each receipt by itself: short, long by message_payload, and in two alphabets."""
    texts = ["Kod anda 112233", LONG, "Kod 你好 445566"]

    async def talk() -> Heard:
        host, _, port = running.address.rpartition(":")
        heard = Heard()
        esme = ESME(host, int(port), "aiosmpplib", "secret", hook=heard, log_level="CRITICAL")
        running_esme = asyncio.create_task(esme.start())
        for number, text in enumerate(texts):
            await esme.broker.enqueue(
                SubmitSm(
                    short_message=text,
                    source=PhoneNumber("PERKESO", TON.ALPHANUMERIC, NPI.UNKNOWN),
                    destination=PhoneNumber("60110000073", TON.INTERNATIONAL, NPI.ISDN),
                    log_id=f"log-{number}",
                )
            )
        async with asyncio.timeout(SECONDS):
            await heard.all.wait()
        await esme.stop()
        await running_esme
        return heard

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the library leaves its stream writer to the collector
        heard = asyncio.run(talk())
        gc.collect()

    assert heard.errors == []
    assert {answer.log_id for answer in heard.answers} == {"log-0", "log-1", "log-2"}
    assert {receipt.log_id for receipt in heard.receipts} == {"log-0", "log-1", "log-2"}
    assert {receipt.parse_receipt()["stat"] for receipt in heard.receipts} == {"DELIVRD"}
    assert sorted(message["body"] for message in running.messages("+60110000073")) == sorted(texts)
