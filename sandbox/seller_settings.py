"""What a new merchant pastes: a table for a sellers file, and lines for the environment of its own software."""

from __future__ import annotations

import json
from pathlib import Path


def toml(seller: dict[str, str], certificate_file: Path) -> list[str]:
    """The merchant as a table of a sellers file."""
    common = {name: seller[name] for name in ("exchange_id", "direct_url", "indirect_url")}
    common["certificate_file"] = str(certificate_file)
    own = {name: seller[name] for name in ("seller_id", "name")}
    return [
        "# a sellers file, for: caruman up --sellers FILE",
        "[[exchange]]",
        *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in common.items()),
        "",
        "[[exchange.seller]]",
        *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in own.items()),
    ]


def environment(seller: dict[str, str], key_file: Path, registered: str | None) -> list[str]:
    """The merchant's ids, files and addresses; `registered` is where it is known already."""
    fpx = (registered or "http://127.0.0.1:8010").rstrip("/")
    told = {
        "FPX_EXCHANGE_ID": seller["exchange_id"],
        "FPX_SELLER_ID": seller["seller_id"],
        "FPX_SELLER_BANK_CODE": "01",
        "FPX_VERSION": "7.0",
        "FPX_PRIVATE_KEY": str(key_file),
        "FPX_AUTHORIZATION_URL": f"{fpx}/FPXMain/seller2DReceiver.jsp",
        "FPX_ENQUIRY_URL": f"{fpx}/FPXMain/sellerNVPTxnStatus.jsp",
        "FPX_BANK_LIST_URL": f"{fpx}/FPXMain/RetrieveBankList",
        "FPX_TERMS_URL": f"{fpx}/FPXMain/termsAndConditions.jsp",
        "FPX_CERTIFICATE_URL": f"{fpx}/certificates/fpxuat_current.cer",
        "FPX_NEXT_CERTIFICATE_URL": f"{fpx}/certificates/fpxuat.cer",
        "FPX_DIRECT_URL": seller["direct_url"],
        "FPX_INDIRECT_URL": seller["indirect_url"],
    }
    return [
        "# the merchant's environment; verify AC, BC and replies with what FPX_CERTIFICATE_URL serves",
        *(f"{name}={value}" for name, value in told.items()),
    ]
