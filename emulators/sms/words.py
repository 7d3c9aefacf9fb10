"""The pages' words in Malay: for statuses, doors, delivery errors, faults and carrier rules; pure."""

from __future__ import annotations

from emulators.sms.delivery import Status
from emulators.sms.fault_catalogue import Trouble
from emulators.sms.messages import Via

STATUSES = {
    Status.SCHEDULED: "dijadualkan",
    Status.ACCEPTED: "diambil",
    Status.QUEUED: "beratur",
    Status.SENDING: "sedang dihantar",
    Status.SENT: "dihantar",
    Status.DELIVERED: "diterima",
    Status.UNDELIVERED: "tidak sampai",
    Status.FAILED: "gagal",
    Status.CANCELED: "dibatalkan",
}
BADGES = {
    Status.SCHEDULED: "wait",
    Status.ACCEPTED: "wait",
    Status.QUEUED: "wait",
    Status.SENDING: "wait",
    Status.SENT: "info",
    Status.DELIVERED: "good",
    Status.UNDELIVERED: "bad",
    Status.FAILED: "bad",
    Status.CANCELED: "neutral",
}
DOORS = {
    Via.TWILIO: "Twilio",
    Via.VERIFY: "Twilio Verify",
    Via.SMPP: "SMPP",
    Via.MOCEAN: "Mocean",
    Via.ISMS: "iSMS",
}
ERRORS = {
    30001: "barisan melimpah",
    30002: "akaun digantung",
    30003: "telefon tidak dapat dihubungi",
    30004: "mesej disekat",
    30005: "telefon tidak dikenali",
    30006: "talian tetap, atau pembawa tidak dapat dihubungi",
    30007: "ditapis oleh pembawa",
    30008: "sebab tidak diketahui",
    30010: "harga melebihi had",
}
FAULTS = {
    Trouble.REJECTED: "ditolak; tiada apa yang disimpan",
    Trouble.QUEUE_FULL: "barisan pengirim penuh (21611; SMPP 0x14)",
    Trouble.THROTTLED: "melebihi kadar (20429, HTTP 429; SMPP 0x58)",
    Trouble.SLOW: "jawapan lambat",
    Trouble.DROPPED: "sambungan putus tanpa jawapan",
    Trouble.LATE: "sampai lewat",
    Trouble.TWICE: "sampai dua kali",
    Trouble.OUT_OF_ORDER: "sampai selepas mesej yang berikutnya",
    Trouble.NEVER: "tidak pernah sampai",
    Trouble.FAILED: "tidak diambil oleh pembawa",
    "filtered": "disekat oleh peraturan pembawa",
}
PARAMETERS = {
    "code": "kod ralat",
    "per_second": "mesej sesaat",
    "seconds": "saat",
    "taken": "1 jika mesej disimpan dahulu",
}
RULES = {
    "link": "Teks tidak boleh mengandungi pautan",
    "call_back": "Teks tidak boleh mengandungi nombor untuk dihubungi",
    "personal_data": "Teks tidak boleh meminta maklumat peribadi",
    "brand": "Teks mesti menyebut nama jenama",
    "sender": "Nama atau nombor pengirim tidak dibawa; telefon menunjukkan kod lima digit",
    "bound_line": "Baris @hos #kod mungkin disangka pautan",
}
