"""The links of a mail, as a reader would press them."""

from __future__ import annotations

import pytest

from emulators.smtp.html_document import read_html
from emulators.smtp.links import Link, links_in


def test_links_come_in_order_each_once_html_first() -> None:
    """An anchor gives its words; what only the text names follows with its own address as words."""
    html = (
        '<a href="https://x.invalid/a?b=1&amp;c=2">  Sahkan <b>akaun</b> </a>'
        '<a href="https://x.invalid/b"><img alt="Logo"></a><a href="https://x.invalid/a?b=1&amp;c=2">lagi</a>'
        '<map><area alt="Peta" href="HTTP://x.invalid/c"></map>'
    )
    text = "Tekan https://x.invalid/b, atau (https://x.invalid/d_(e)) atau <https://x.invalid/f>."

    assert links_in(read_html(html), text) == [
        Link("https://x.invalid/a?b=1&c=2", "Sahkan akaun"),
        Link("https://x.invalid/b", "Logo"),
        Link("HTTP://x.invalid/c", "Peta"),
        Link("https://x.invalid/d_(e)", "https://x.invalid/d_(e)"),
        Link("https://x.invalid/f", "https://x.invalid/f"),
    ]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "mailto:a@x.invalid", "#atas", "data:text/html,x", "", " /a"])
def test_what_is_no_address_of_the_web_is_no_link(href: str) -> None:
    """Only http and https, so that nothing dangerous is ever shown as a link."""
    assert links_in(read_html(f'<a href="{href}">x</a>'), href) == []


@pytest.mark.parametrize("html", ['<a href="https://x.invalid/a', "<a href=https://x.invalid/a>x", "<![x<a<<<a href"])
def test_broken_html_gives_what_can_be_read(html: str) -> None:
    """No error; an anchor that was never closed is a link all the same."""
    assert links_in(read_html(html), "") in ([], [Link("https://x.invalid/a", "x")])


def test_an_address_wrapped_inside_its_attribute_is_mended() -> None:
    """Some senders break long addresses over lines."""
    assert links_in(read_html('<a href="https://x.invalid/\r\n  abc">x</a>'), "") == [
        Link("https://x.invalid/abc", "x")
    ]
