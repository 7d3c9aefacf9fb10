"""The fault catalogue in the words of the page."""

from __future__ import annotations

from emulators.smtp.mishaps import Stage

STAGES = {
    Stage.CONNECTION: "sambungan",
    Stage.AUTHENTICATION: "log masuk SMTP",
    Stage.SENDER: "MAIL FROM",
    Stage.RECIPIENT: "RCPT TO",
    Stage.DATA: "DATA",
    Stage.DELIVERY: "selepas diterima",
    Stage.SCAN: "pengimbas mel",
}
MEANINGS = {
    "busy": "pelanggan baharu dijawab 421 dan talian ditutup",
    "authentication_rejected": "log masuk dijawab dengan kod ralat",
    "sender_rejected": "MAIL FROM dijawab dengan kod ralat",
    "rejected": "penerima ditolak: 550 tidak dikenali, 552 penuh, 554 ditolak, 421 dan talian ditutup",
    "greylisted": "penerima dijawab 450 sehingga penghantar yang sama mencuba lagi selepas seketika",
    "throttled": "penerima yang melebihi kadar dijawab 450 sehingga kadar membenarkannya",
    "data_rejected": "mel ditolak dengan kod ralat selepas datanya diterima",
    "slow": "mel diakui lambat; talian terus terbuka",
    "dropped": "talian putus di tengah data; tiada apa-apa disimpan",
    "late": "mel diakui serta-merta dan sampai kemudian",
    "twice": "mel sampai dua kali, sebagai dua mel",
    "out_of_order": "mel sampai selepas mel berikutnya",
    "never": "mel diakui tetapi tidak pernah sampai",
    "scanned": "setiap pautan dalam mel dilawati seperti yang dibuat pengimbas mel",
}
PARAMETERS = {
    "code": "kod balasan",
    "seconds": "saat",
    "per_minute": "penerima seminit",
    "burst": "sekali gus",
    "octets": "oktet sebelum putus",
}
