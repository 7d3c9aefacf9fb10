"""The sixteen steps of the guide, and the ids a feature may carry as tags."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step: its word in the code, its id in the guide, and its label for people."""

    number: int
    name: str
    malay: str
    english: str
    shown_on: str = ""
    """The page that shows it, for the two steps that are not pages of their own."""

    @property
    def id(self) -> str:
        """The guide's id: L01 to L16."""
        return f"L{self.number:02}"

    @property
    def page(self) -> str:
        """The portal's page where the step happens."""
        return self.shown_on or self.name

    def label(self, language: str = "en") -> str:
        """The step for a reader of Malay (`ms`) or English (`en`)."""
        return self.malay if language == "ms" else self.english


STEPS = (
    Step(1, "home", "Buka portal", "Open the portal"),
    Step(2, "first_time", "Kali pertama", "First time", shown_on="sign_in"),
    Step(3, "register", "Daftar akaun", "Register an account"),
    Step(4, "confirm_mobile", "Sahkan nombor telefon", "Confirm the mobile number"),
    Step(5, "registered", "Pendaftaran berjaya", "Registered"),
    Step(6, "activate", "Aktifkan akaun", "Activate the account"),
    Step(7, "set_secrets", "Tetapkan ungkapan dan kata laluan", "Set phrase and password"),
    Step(8, "sign_in", "Log masuk: nombor kad pengenalan", "Sign in: identity number"),
    Step(9, "sign_in_password", "Log masuk: kata laluan", "Sign in: password"),
    Step(10, "choose_mode", "Pilih mod", "Choose the mode"),
    Step(11, "dashboard", "Papan pemuka", "Dashboard"),
    Step(12, "apply", "Borang dan dokumen", "Form and documents"),
    Step(13, "pay_by_fpx", "Bayar dengan FPX", "Pay by FPX"),
    Step(14, "receipt", "Resit bayaran caruman", "Receipt"),
    Step(15, "covered", "Dilindungi", "Covered", shown_on="dashboard"),
    Step(16, "renew", "Memperbaharui", "Renew"),
)

BY_NAME = {step.name: step for step in STEPS}

PARTS = ("L06a", "L06b", "L11a", "L11b", "L12a", "L12b", "L12c")
"""The parts of a step which the guide names apart."""

DOCUMENT_RULES = ("D-TX-1", "D-TX-2", "D-TX-2a", "D-TX-2b", "D-TX-2c", "D-BS-1", "D-BS-2")
COVER_RULES = ("C-1", "C-2", "C-3", "C-4", "C-5")

CATALOGUE = (*(step.id for step in STEPS), *PARTS, *DOCUMENT_RULES, *COVER_RULES)
"""Every id of the guide. A scenario's own id is one of them, a point and a number: `L03.2`."""
