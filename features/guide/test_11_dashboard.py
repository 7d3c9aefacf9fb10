"""L11: **Daftar** (L11a) and **Memperbaharui** (L11b) on the panel *Pendaftaran dan Caruman*."""

from __future__ import annotations

from pytest_bdd import scenarios

scenarios("guide/11_dashboard.ms.feature", "guide/11_dashboard.en.feature")
