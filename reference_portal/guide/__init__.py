"""The guide's pages in the order of its steps."""

from __future__ import annotations

from reference_portal.guide import (
    activate,
    apply,
    choose_mode,
    confirm_mobile,
    dashboard,
    document,
    fonts,
    home,
    language,
    pay_by_fpx,
    receipt,
    receipt_check,
    register,
    registered,
    renew,
    set_secrets,
    sign_in,
    sign_in_password,
    sign_out,
)

PAGES = (
    home.blueprint,
    register.blueprint,
    confirm_mobile.blueprint,
    registered.blueprint,
    activate.blueprint,
    set_secrets.blueprint,
    sign_in.blueprint,
    sign_in_password.blueprint,
    choose_mode.blueprint,
    dashboard.blueprint,
    apply.blueprint,
    document.blueprint,
    pay_by_fpx.blueprint,
    receipt.blueprint,
    receipt_check.blueprint,
    renew.blueprint,
    sign_out.blueprint,
    language.blueprint,
    fonts.blueprint,
)
"""The fourteen pages, the files behind them, and the button **Log keluar** that stands on each of them."""
