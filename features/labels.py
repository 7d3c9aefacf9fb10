"""How a feature's words for fields, papers and pages are found on the screen: data only."""

from __future__ import annotations

FIELDS: dict[str, tuple[str, ...]] = {
    "Nama penuh": ("full_name",),
    "Nombor kad pengenalan": ("identity_number",),
    "Emel": ("email",),
    "Sahkan emel": ("email_confirm",),
    "Nombor telefon bimbit": ("mobile",),
    "Persetujuan": ("consent",),
    "Nombor OTP": ("otp",),
    "Ungkapan Rahsia": ("secret_phrase",),
    "Kata Laluan": ("password",),
    "Pengesahan Kata Laluan": ("password_confirm",),
    "Alamat": ("address_1",),
    "Poskod": ("postcode",),
    "Nombor pendaftaran kenderaan": ("vehicle_number",),
    "Pelan": ("plan",),
    "Perakuan": ("declaration",),
    "Pilih bank": ("bank",),
}
"""A label of the form -> the names its field may have."""

PAPERS = {
    "Lesen Memandu": "lesen_memandu",
    "Kad PSV": "kad_psv",
    "Kad Pemandu": "kad_pemandu",
    "Surat Kebenaran": "surat_kebenaran",
    "Profil Pemandu": "profil_pemandu",
}
"""A document's label -> its kind."""

FIELDS |= {label: (f"{kind}_file", f"{kind}_number", f"{kind}_expiry") for label, kind in PAPERS.items()}

_PAGES = (
    ("home", "laman utama", "the home page"),
    ("sign_in", "halaman log masuk", "the log-in page"),
    ("register", "borang akaun", "the account form"),
    ("confirm_mobile", "halaman OTP", "the OTP page"),
    ("registered", "halaman pendaftaran berjaya", "the page of a successful registration"),
    ("set_secrets", "halaman ungkapan rahsia dan kata laluan", "the page of phrase and password"),
    ("sign_in_password", "halaman log masuk kedua", "the second log-in page"),
    ("choose_mode", "halaman pilihan mod", "the choice of mode"),
    ("dashboard", "papan pemuka", "the dashboard"),
    ("apply", "borang caruman", "the contribution form"),
    ("renew", "borang pembaharuan", "the renewal form"),
    ("pay_by_fpx", "halaman pilihan bank", "the choice of bank"),
)

PAGES = {name: page for page, *names in _PAGES for name in names}
"""What a feature calls a page, in either language -> the page's name."""


def address_of(page: str) -> str:
    """Where the page lives in the portal."""
    return "/" if page == "home" else f"/{page.replace('_', '-')}"
