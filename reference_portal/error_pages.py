"""Turns what went wrong into a page that says what to do, in one place, so that views have no `try`."""

from __future__ import annotations

import secrets

from flask import Flask, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]  # Flask-WTF carries no types
from werkzeug.exceptions import HTTPException

from reference_portal.errors import CallersMistake, GatewayError, NotAllowed, NotHere, PortalError, TooMany
from reference_portal.speech import Later, _, later, say

Words = tuple[str | Later, str | Later, str | Later]

_PAGES: dict[int, Words] = {
    400: (
        _("Permintaan tidak dapat dibaca"),
        _("Maklumat yang dihantar tidak lengkap atau tidak sah."),
        _("Kembali ke halaman sebelumnya, muat semula, dan cuba sekali lagi."),
    ),
    403: (
        _("Akses tidak dibenarkan"),
        later(lambda: say("E-403")),
        _("Log masuk dengan akaun yang betul, atau kembali ke laman utama."),
    ),
    404: (
        _("Halaman tidak dijumpai"),
        later(lambda: say("E-404")),
        _("Semak alamat yang ditaip, atau mula semula dari laman utama."),
    ),
    405: (
        _("Tindakan tidak dibenarkan"),
        _("Halaman ini tidak boleh dibuka dengan cara itu."),
        _("Mula semula dari laman utama dan gunakan butang pada halaman."),
    ),
    409: (
        _("Resit belum tersedia"),
        _("Resit hanya dikeluarkan selepas bayaran berjaya."),
        _("Semak status bayaran pada halaman pesanan anda."),
    ),
    413: (
        _("Fail terlalu besar"),
        _("Jumlah fail yang dihantar melebihi had."),
        _("Setiap dokumen paling besar 2 MB. Kembali, pilih fail yang lebih kecil, dan hantar semula."),
    ),
    429: (
        _("Terlalu banyak percubaan"),
        later(lambda: say("E-RATE", m=1)),
        _("Tunggu sehingga masa itu, kemudian cuba sekali lagi. Apa yang telah disimpan tidak hilang."),
    ),
    502: (
        _("Perkhidmatan luar menolak permintaan"),
        _("Permintaan tidak dapat diselesaikan buat masa ini."),
        _("Cuba lagi sebentar lagi. Jika berterusan, hubungi meja bantuan."),
    ),
    503: (
        _("Perkhidmatan tidak dapat dihubungi"),
        _("Sistem yang diperlukan tidak menjawab buat masa ini. Tiada apa-apa yang ditolak daripada akaun anda."),
        _("Cuba lagi sebentar lagi. Jika berterusan, hubungi meja bantuan."),
    ),
}
_OTHER: Words = (
    _("Permintaan tidak dapat diselesaikan"),
    _("Halaman ini tidak dapat dipaparkan."),
    _("Kembali ke laman utama dan cuba lagi."),
)

_TOLD = (GatewayError, NotHere, NotAllowed, TooMany)
"""What the log hears of, beside what is unexpected: a gateway's trouble, and whoever goes where they may not."""


def register_error_pages(app: Flask) -> None:
    """Answer every error in one voice; what is unexpected gets a reference that the log carries too."""

    @app.errorhandler(CSRFError)
    def expired_form(_error: CSRFError) -> ResponseReturnValue:
        advice = _("Kembali ke halaman borang, muat semula, isi dan hantar sekali lagi. Pastikan kuki dibenarkan.")
        return _page(400, (_("Borang telah tamat tempoh"), say("E-CSRF"), advice))

    @app.errorhandler(PortalError)
    def refused(error: PortalError) -> ResponseReturnValue:
        if isinstance(error, (CallersMistake, GatewayError)):
            if isinstance(error, _TOLD):
                app.logger.warning("%s: %s", _asked(), error)
            answer = make_response(_page(error.status, _of(error), reason=error.reason))
            if isinstance(error, TooMany):
                answer.headers["Retry-After"] = str(error.seconds)
            return answer
        return our_mistake(error)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error
        if error.code == 500:
            return our_mistake(error)
        return _page(error.code, _PAGES.get(error.code, _OTHER))

    @app.errorhandler(Exception)
    def our_mistake(error: Exception) -> ResponseReturnValue:
        reference = secrets.token_hex(4).upper()
        app.logger.error("%s failed, reference %s", _asked(), reference, exc_info=error)
        words = (
            _("Ralat sistem"),
            say("E-SYS", id=reference),
            _("Beri rujukan ini kepada meja bantuan jika berterusan."),
        )
        return _page(500, words, reference=reference)


def _asked() -> str:
    """What was asked for, by its pattern: an address may hold the token of an activation link."""
    return f"{request.method} {request.url_rule or 'no page'}"


def _of(error: PortalError) -> Words:
    heading, sentence, advice = _PAGES.get(error.status, _OTHER)
    if isinstance(error, CallersMistake) and error.code != PortalError.code:
        sentence = say(error.code, **error.values)
    return heading, sentence, advice


def _page(status: int, words: Words, reference: str | None = None, reason: str = "") -> ResponseReturnValue:
    heading, sentence, advice = words
    if request.path.startswith("/_control/"):  # a door the sandbox hangs on the portal answers programs, in English
        return jsonify(error=reason or str(heading)), status
    page = render_template(
        "errors/page.html", status=status, heading=heading, said=sentence, what_to_do=advice, reference=reference
    )
    return page, status
