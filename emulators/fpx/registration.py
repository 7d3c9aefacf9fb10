"""What a merchant says of itself when it registers: the same words in JSON, in a sellers file and in the console."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    StringConstraints,
    ValidationError,
)

from emulators.foundation.errors import CallersMistake
from emulators.fpx import certificates

MOST_PAPERS = 10
LONGEST_PAPER = 20_000


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or not text.isprintable():
        raise ValueError("must be an http or https address")
    return text


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must be printable text")
    return text


def _papers(given: Any) -> Any:
    """PEM of every paper in a text, in bytes of a file, or in a list of these; each once."""
    each = given if isinstance(given, list | tuple) else [given]
    if not each or not all(isinstance(text, str | bytes) for text in each):
        raise ValueError("must be a text (PEM, or DER in base64) or a list of such texts")
    if any(len(text) > LONGEST_PAPER for text in each):
        raise ValueError(f"must not be longer than {LONGEST_PAPER} characters")
    found = tuple(dict.fromkeys(paper.pem for text in each for paper in certificates.papers(text)))
    if len(found) > MOST_PAPERS:
        raise ValueError(f"must not hold more than {MOST_PAPERS} certificates")
    return found


Address = Annotated[str, StringConstraints(max_length=500), AfterValidator(_address)]
Papers = Annotated[tuple[str, ...], BeforeValidator(_papers)]
ExchangeId = Annotated[str, StringConstraints(pattern=r"^EX[0-9]{8}$")]
SellerId = Annotated[str, StringConstraints(pattern=r"^SE[0-9]{8}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_printable)]


class Registration(BaseModel):
    """A seller with its exchange: ids, certificates or public keys, and the exchange's two addresses.

    What belongs to the exchange may be left out once the exchange is known.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    exchange_id: ExchangeId
    seller_id: SellerId
    name: Name | None = None
    certificate: Papers | None = None
    public_key: Papers | None = None
    """Another word for a certificate that is a bare key."""
    direct_url: Address | None = None
    indirect_url: Address | None = None
    replace: StrictBool = False
    """Take an exchange from the keys that have it."""
    keep: StrictBool = False
    """Let the exchange's former certificates count as well: the merchant rolls over."""

    @property
    def papers(self) -> tuple[str, ...]:
        """The certificates and keys given."""
        return tuple(dict.fromkeys((self.certificate or ()) + (self.public_key or ())))


def read_registration(wish: dict[str, Any]) -> Registration:
    """The registration a wish spells.

    Raises:
        CallersMistake: it is not as `Registration` says; the sentence begins with the field's name.
    """
    try:
        return Registration.model_validate(wish)
    except ValidationError as error:
        raise CallersMistake(first_mistake(error)) from None


def first_mistake(error: ValidationError) -> str:
    """Field and reason of what is wrong first."""
    first = error.errors(include_url=False, include_context=False)[0]
    field = ".".join(str(part) for part in first["loc"][:1])
    return f"{field}: {first['msg'].removeprefix('Value error, ')}"
