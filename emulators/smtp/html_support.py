"""What mail programs do not show, from common knowledge of them; a list to be warned by, not a measurement.

The names, slugs and addresses are those of caniemail.com, whose tables Mailpit's own check uses; this list is shorter
and was written by hand (confidence medium; see the register of differences).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

YES, PARTIAL, NO = "yes", "partial", "no"
PROGRAMS = (
    ("Apple Mail", "macos"),
    ("Apple Mail", "ios"),
    ("Gmail", "desktop-webmail"),
    ("Gmail", "android"),
    ("Outlook", "windows"),
    ("Yahoo! Mail", "desktop-webmail"),
    ("Mozilla Thunderbird", "windows"),
)
"""Family and platform; the letters of `Feature.support` stand for them in this order."""
_LETTERS = {"y": YES, "p": PARTIAL, "n": NO}


@dataclass(frozen=True)
class Feature:
    """Something HTML mail may use, how it is found, and who shows it."""

    slug: str
    title: str
    support: str
    """One letter a program: y, p or n."""
    element: str = ""
    pattern: re.Pattern[str] | None = None
    """Found in style sheets and `style` attributes."""
    picture: str = ""
    """Ending of a picture's address."""

    @property
    def category(self) -> str:
        """`html`, `css` or `image`."""
        return self.slug.partition("-")[0]

    def supports(self) -> list[str]:
        """`yes`, `partial` or `no` for each program."""
        return [_LETTERS[letter] for letter in self.support]


def _element(name: str, title: str, support: str) -> Feature:
    return Feature(f"html-{name}", title, support, element=name)


def _css(slug: str, title: str, pattern: str, support: str) -> Feature:
    return Feature(f"css-{slug}", title, support, pattern=re.compile(pattern, re.IGNORECASE))


FEATURES = (
    _element("audio", "<audio> element", "yynnnny"),
    _element("video", "<video> element", "yynnnny"),
    _element("form", "<form> element", "yyppnpy"),
    _element("input", "<input> element", "yyppnpy"),
    _element("select", "<select> element", "yyppnpy"),
    _element("textarea", "<textarea> element", "yyppnpy"),
    _element("button", "<button> element", "yyyypyy"),
    _element("svg", "Embedded <svg> image", "yynnnny"),
    _element("object", "<object> element", "ppnnnnn"),
    _element("iframe", "<iframe> element", "nnnnnnn"),
    _element("script", "<script> element", "nnnnnnn"),
    _element("link", "<link> element", "yynnpny"),
    _element("base", "<base> element", "yynnpny"),
    _element("dialog", "<dialog> element", "ppnnnnn"),
    _element("picture", "<picture> element", "yyppnpy"),
    _element("marquee", "<marquee> element", "yypppny"),
    _css("flexbox", "Flexbox layout", r"display\s*:\s*(?:inline-)?flex", "yyppnpy"),
    _css("grid", "CSS grid layout", r"display\s*:\s*(?:inline-)?grid", "yynnnny"),
    _css("position", "position property", r"(?<![\w-])position\s*:\s*(?!static)", "yynnnny"),
    _css("float", "float property", r"(?<![\w-])float\s*:", "yyyypyy"),
    _css("background-image", "background-image property", r"background(?:-image)?\s*:[^;}]{0,200}url\(", "yyppnyy"),
    _css("linear-gradient", "linear-gradient()", r"linear-gradient\(", "yyyynyy"),
    _css("border-radius", "border-radius property", r"border(?:-\w+){0,2}-radius\s*:", "yyyynyy"),
    _css("box-shadow", "box-shadow property", r"box-shadow\s*:", "yynnnyy"),
    _css("max-width", "max-width property", r"(?<![\w(-])max-width\s*:", "yyyynyy"),
    _css("opacity", "opacity property", r"(?<![\w-])opacity\s*:", "yyyynyy"),
    _css("transform", "transform property", r"(?<![\w-])transform\s*:", "yynnnny"),
    _css("animation", "animation property", r"(?:@keyframes|(?<![\w-])animation(?:-name)?\s*:)", "yynnnny"),
    _css("transition", "transition property", r"(?<![\w-])transition\s*:", "yynnnny"),
    _css("filter", "filter property", r"(?<![\w-])filter\s*:", "yynnnny"),
    _css("variables", "CSS variables", r"(?:var\(\s*--|(?<![\w-])--[\w-]+\s*:)", "yynnnny"),
    _css("unit-calc", "calc() function", r"calc\(", "yyyynyy"),
    _css("object-fit", "object-fit property", r"object-fit\s*:", "yyyynyy"),
    _css("at-media", "@media", r"@media", "yyppnpy"),
    _css("at-font-face", "@font-face", r"@font-face", "yynnpny"),
    _css("at-import", "@import", r"@import", "yynnpny"),
    _css("at-supports", "@supports", r"@supports", "yynnnny"),
    _css("pseudo-class-hover", ":hover pseudo-class", r":hover", "yppnnpy"),
    Feature("image-webp", "WebP image format", "yyyynyy", picture=".webp"),
    Feature("image-svg", "SVG image format", "yynnnny", picture=".svg"),
    Feature("image-avif", "AVIF image format", "yynnnny", picture=".avif"),
)
