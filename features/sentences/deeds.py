"""What an applicant may do in any step: open, press, fill in, pay."""

from __future__ import annotations

from pytest_bdd import parsers, step, when

from features.applicant import PAID, Applicant
from features.labels import FIELDS, PAGES, address_of


@step(parsers.parse('pemohon menekan "{label}"'))
@step(parsers.parse('the applicant presses "{label}"'))
def press(applicant: Applicant, label: str) -> None:
    """A button or link, by what it reads."""
    applicant.browser.press(label)


@when(parsers.parse("pemohon membuka {page} melalui alamatnya"))
@when(parsers.parse("the applicant opens {page} by its address"))
def open_directly(applicant: Applicant, page: str) -> None:
    """As somebody does who kept a bookmark."""
    applicant.browser.open(f"{applicant.addresses.portal}{address_of(PAGES[page])}")


@when("pemohon membuka alamat yang tidak wujud")
@when("the applicant opens an address that does not exist")
def open_nowhere(applicant: Applicant) -> None:
    """As somebody does who mistyped."""
    applicant.browser.open(f"{applicant.addresses.portal}/tiada-di-sini")


@when(parsers.re(r'pemohon menghantar borang akaun dengan "(?P<field>[^"]*)" sebagai "(?P<typed>[^"]*)"'))
@when(parsers.re(r'the applicant sends the account form with "(?P<field>[^"]*)" as "(?P<typed>[^"]*)"'))
def register_with(applicant: Applicant, field: str, typed: str) -> None:
    """One field of L03 changed."""
    applicant.refused(applicant.register, **{FIELDS[field][0]: typed})


@when(parsers.re(r'pemohon menghantar borang caruman dengan "(?P<field>[^"]*)" sebagai "(?P<typed>[^"]*)"'))
@when(parsers.re(r'the applicant sends the contribution form with "(?P<field>[^"]*)" as "(?P<typed>[^"]*)"'))
def apply_with(applicant: Applicant, field: str, typed: str) -> None:
    """One field of L12 changed."""
    applicant.refused(applicant.apply, **{FIELDS[field][0]: typed})


@step(parsers.parse('pemohon membayar di "{bank}" sebagai pelanggan "{card}"'))
@step(parsers.parse('the applicant pays at "{bank}" as customer "{card}"'))
def pay(applicant: Applicant, bank: str, card: str) -> None:
    """L13, whatever comes of it."""
    applicant.choose_bank(bank)
    applicant.bank.pay(card)


@step(parsers.parse('pencarum memperbaharui dengan pelan "{plan}" secara "{period}" dan membayar'))
@step(parsers.parse('the contributor renews with plan "{plan}" for "{period}" and pays'))
def renew_and_pay(applicant: Applicant, plan: str, period: str) -> None:
    """L11b to L13 from the dashboard."""
    applicant.renew(plan=plan, period=period)
    applicant.pay_by_fpx()
    assert applicant.payment_status() == PAID
