"""Buyers who pay at FPX as fast as it lets them: requests written by hand on connections that stay open."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

EXCHANGE, SELLER = "EX00000901", "SE00000901"
_SIGNED = (
    *("buyerAccNo", "buyerBankBranch", "buyerBankId", "buyerEmail", "buyerIban", "buyerId", "buyerName", "makerName"),
    *("msgToken", "msgType", "productDesc", "sellerBankCode", "sellerExId", "sellerExOrderNo", "sellerId"),
    *("sellerOrderNo", "sellerTxnTime", "txnAmount", "txnCurrency", "version"),
)
_TOKEN = re.compile(rb'data-testid="bank-token">(\d+)<')
_ACCOUNT = re.compile(rb'name="account" value="([-\w]+)"')
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation: (\S+)", re.IGNORECASE)


class Unexpected(Exception):
    """The server answered something else than a payment's next page."""


class Merchant:
    """A seller with a key, whose requests are signed before the measurement begins."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def public_key(self) -> str:
        """What FPX is told, as PEM."""
        public = self._key.public_key()
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return public.public_bytes(serialization.Encoding.PEM, form).decode()

    def requests(self, first: int, count: int) -> list[bytes]:
        """So many AR, urlencoded, each of an order of its own."""
        return [self._request(f"BENCH{number:09d}") for number in range(first, first + count)]

    def _request(self, order: str) -> bytes:
        values = dict.fromkeys(_SIGNED, "") | {
            "buyerBankId": "UJIAN001",
            "buyerEmail": "ujian@example.com",
            "buyerName": "Ujian bin Contoh",
            "msgToken": "01",
            "msgType": "AR",
            "productDesc": "Caruman SKSPS",
            "sellerBankCode": "01",
            "sellerExId": EXCHANGE,
            "sellerExOrderNo": order,
            "sellerId": SELLER,
            "sellerOrderNo": order,
            "sellerTxnTime": "20190515090000",
            "txnAmount": "157.20",
            "txnCurrency": "MYR",
            "version": "7.0",
        }
        source = "|".join(values[name] for name in _SIGNED)
        signature = self._key.sign(source.encode(), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303  FPX's own digest
        fields = {f"fpx_{name}": value for name, value in values.items()} | {"fpx_checkSum": signature.hex().upper()}
        return urlencode(fields).encode()


class Connection:
    """One buyer's connection; it stays open."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._host = f"{place.hostname}:{place.port}"
        self._socket = socket.create_connection((str(place.hostname), place.port or 80), 30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str) -> bytes:
        """The page at that path."""
        return self._exchange(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode())

    def post(self, path: str, body: bytes) -> str:
        """Post a form; the path the answer leads to."""
        head = f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        answer = self._exchange(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        if not (led := _LOCATION.search(answer)):
            raise Unexpected(answer[:500].decode(errors="replace"))
        return urlsplit(led[1].decode()).path

    def _exchange(self, request: bytes) -> bytes:
        self._socket.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _, body = answer.partition(b"\r\n\r\n")
        if not (length := _LENGTH.search(head)):
            raise Unexpected(head.decode(errors="replace"))
        parts, missing = [body], int(length[1]) - len(body)
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        return head + b"\r\n\r\n" + b"".join(parts)

    def _more(self) -> bytes:
        piece = self._socket.recv(65536)
        if not piece:
            raise Unexpected("the connection ended in the middle of an answer")
        return piece

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def pay(connection: Connection, request: bytes) -> None:
    """A payment as a browser makes it: AR, sign in, account and TAC, confirm, the result's page."""
    visit = connection.post("/FPXMain/seller2DReceiver.jsp", request)
    connection.get(visit)
    connection.post(f"{visit}/sign-in", b"CardNum=1234&HPin=1234")
    page = connection.get(visit)
    token, account = _TOKEN.search(page), _ACCOUNT.search(page)
    if token is None or account is None:
        raise Unexpected("the bank shows no account and no token")
    connection.post(f"{visit}/confirm", b"account=" + account[1] + b"&TAC=" + token[1])
    if b"Continue with Transaction" not in connection.get(visit):
        raise Unexpected("the bank does not show the result")


def pay_all(url: str, requests: list[bytes], buyers: int) -> None:
    """Pay every request, so many buyers at once; raises what the first of them met."""
    waiting: Iterator[bytes] = iter(requests)
    lock, trouble = threading.Lock(), list[Exception]()

    def next_one() -> bytes | None:
        with lock:
            return None if trouble else next(waiting, None)

    def buy() -> None:
        connection = Connection(url)
        try:
            while (request := next_one()) is not None:
                pay(connection, request)
        except Exception as error:  # noqa: BLE001  told by the thread that asked for it
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=buy) for _ in range(buyers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if trouble:
        raise trouble[0]
