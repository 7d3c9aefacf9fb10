"""What is said around a one-time code, and which digits never are one: amounts, years, dates, times, telephone numbers.

Malay and English as senders in Malaysia write. Every pattern is bounded, so that no text makes it slow.
"""

from __future__ import annotations

import re
from datetime import date

FILLER = "\x00"
"""Stands where digits were that cannot be a code; it is neither a digit nor a letter."""

_MONTHS = "jan|feb|mac|mar|apr|mei|may|jun|jul|ogo|aug|sep|okt|oct|nov|dis|dec"
_MONEY = r"rm|myr|usd|us\$|sgd|s\$|idr|rp|eur|gbp|[$€£¥]|人民币|人民幣|令吉|马币|馬幣"
_UNITS = (
    r"ringgit|sen\b|myr\b|usd\b|sgd\b|%|peratus|percent|saat|minit|jam\b|hari|bulan|tahun|seconds?|secs?\b|minutes?|"
    r"mins?\b|hours?|days?|months?|years?|km\b|kg\b|mb\b|kb\b|oktet|bytes?|aksara|characters?|mata\b|points?|"
    r"元|块|塊|令吉|分钟|分鐘|秒|小时|小時|天内"
)
_NEVER = re.compile(
    "|".join(
        (
            r"(?:https?://|www\.)[^\s<>]{1,2000}",
            r"[^\s<>@]{1,64}@[^\s<>@]{1,255}",
            r"(?<![\d.])\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?![\d/-])",
            rf"(?<!\d)\d{{1,2}}(?:hb|st|nd|rd|th)?[ -](?:{_MONTHS})[a-z]{{0,7}}\.?,?[ -]\d{{2,4}}(?!\d)",
            rf"(?<![a-z])(?:{_MONTHS})[a-z]{{0,7}}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}(?!\d)",
            r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])",
            rf"(?<![a-z])(?:{_MONEY}) ?\d[\d,]{{0,20}}(?:\.\d{{1,10}})?",
            rf"(?<![\d,.])\d[\d,]{{0,20}}(?:\.\d{{1,10}})? ?(?:{_UNITS})",
            r"(?<![\d,.])\d[\d,]{0,20}\.\d{2}(?![\d.])",
            r"\+\d[\d ().-]{6,20}\d",
            r"(?<![\d+-])(?=\(?(?:\d[) -]{0,2}){9})(?:60[ -]?\d{1,2}|\(?0\d{1,2}\)?)[ -]?\d{3,4}[ -]?\d{3,4}(?![\d-])",
            r"(?<![\d-])1[ -]?[38]00(?:[ -]?\d{2}[ -]?\d{4}|[ -]\d{3}[ -]\d{3})(?!\d)",
            r"(?<![\d-])\d{1,8}-\d{1,8}(?:-\d{1,8})+(?![\d-])",
            r"(?<!\d)(?:19|20)\d{2}(?!\d)",
        )
    ),
    re.IGNORECASE,
)
"""A telephone number that begins with 0 or 60 has nine digits or more; 1-300 and 1-800 numbers have ten."""

_ABOUT = (
    r"rujukan|pesanan|akaun|telefon|tel|bimbit|pelanggan|ahli|resit|invois|transaksi|kenderaan|pendaftaran|"
    r"kad|kp|ic|siri|pos|bank|swift|kawasan|negara|bar|qr|promo|promosi|baucar|diskaun|cawangan|ralat|pekerja|majikan|produk|permohonan"
)
_WHOSE = (
    r"order|invoice|reference|ref|booking|account|tracking|receipt|policy|phone|telephone|mobile|customer|member|case|"
    r"ticket|vehicle|flight|identity|ic|postal|post|zip|area|country|bar|qr|swift|promo|promotion|discount|voucher|"
    r"error|status|branch|employer|referral|product|request"
)
_KEY = (
    r"kod|kode|otp|otac|m?tac|t-?pin|pin|nombor|no\.? pengesahan|pengesahan|sekali guna|kata laluan|kata kunci|"
    r"codes?|passcode|password|one-time|verification|verify|token|authentication|2fa|mengesahkan"
)
_TYPE_IT = (
    r"(?:masukkan|gunakan|guna|taip|enter|use|type|key in)"
    r"(?=:? ?\d{3,4}[ -]?\d{1,4} (?:untuk|bagi|sebagai|di|to|for|as|on|in|within)\b)"
)
_SIGNS = (
    "验证码|驗證碼|校验码|校驗碼|确认码|確認碼|安全码|安全碼|认证码|認證碼|授权码|授權碼|重置码|重置碼|"
    "动态码|動態碼|动态口令|密码|密碼"
)
NOTIONS = re.compile(
    rf"(?<![\w-])(?P<other>(?:nombor|no\.?|kod) ?(?:{_ABOUT})|(?:{_WHOSE})[ -](?:number|no\.?|code|id|pin))(?!\w)"
    rf"|(?<![\w-])(?P<key>(?:{_KEY})(?!\w)|{_TYPE_IT})|(?P<sign>{_SIGNS})",
    re.IGNORECASE,
)
"""Words that announce a code (`key`, `sign`), and the same words where they announce something else (`other`)."""

_STALE = r"lama|terdahulu|sebelum ini|sebelumnya|old|previous|earlier|expired"

_OTHERS = re.compile(
    r"(?:(?<!\w)(?:ref|reference|rujukan|ruj|akaun|account|acc|a/c|invois|invoice|resit|receipt|pesanan|order|poskod|postcode|"
    r"postal code|kod pos|zip code|zip|tel|telefon|phone|hubungi|call|whatsapp|faks|fax|talian|hotline|kp|ic|passport|"
    rf"pasport|pukul|jam|kes|case|tiket|ticket|lot|samb|ext|(?:nombor|kod) (?:{_ABOUT})|(?:{_WHOSE}) (?:number|code))"
    r"(?:[ .:]{0,2}(?:no|number|nombor|id|us at|kami di|di|at|is|ialah))?[ .:#-]{0,3}"
    r"|(?<!\w)(?:transaction|transaksi|txn|trx|request|permohonan)(?: (?:no|id)\.?)?[ #]{0,2}"
    r"|(?<!\w)(?:ending|ends|berakhir|akhiran)(?: (?:in|with|dengan))?[ .:*x-]{0,6}"
    rf"|(?<!\w)(?:{_STALE}) (?:\w{{1,15}} ){{0,2}}(?:kod|otp|tac|pin|code|password)(?: (?:is|was))?[ :]{{0,2}}"
    rf"|(?<!\w)(?:kod|otp|tac|pin) (?:\w{{1,15}} )?(?:{_STALE})(?: anda)?(?: ialah)?[ :]{{0,2}}"
    r"|(?:订单号|訂單號|单号|單號|尾号|尾號|编号|編號|卡号|卡號|账号|帳號|账户|帳戶|电话|電話|手机号|邮编|金额)"
    r"[是为為:： #]{0,3})$",
    re.IGNORECASE,
)
"""The same in front of digits, and a code that counts no longer."""

_SAID_BEFORE = re.compile(r"(?:(?<!\w)(?:is|ialah|adalah)|[:=：是为為])[ \"'(]{0,2}$", re.IGNORECASE)
_SAID_AFTER = re.compile(r"[ \"')]{0,2}(?:(?:is|ialah|adalah)(?!\w)|[是为為])", re.IGNORECASE)


def masked(text: str) -> str:
    """`text` with everything that is never a code blotted out; as long as before."""
    return _NEVER.sub(lambda found: FILLER * len(found[0]), text)


def said_of_something_else(before: str) -> bool:
    """Whether the words directly in front of digits say that these are an order, an account, a call number..."""
    return _OTHERS.search(before) is not None


def is_said_to_be(before: str, after: str) -> bool:
    """Whether words between say outright that these digits are what is spoken of: `is 123456`, `123456 ialah`."""
    return _SAID_BEFORE.search(before) is not None or _SAID_AFTER.match(after) is not None


def is_date(digits: str) -> bool:
    """Whether eight digits are a day of this century or the last, written 20190515 or 15052019."""
    if len(digits) != 8:
        return False
    for year, month, day in ((digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2])):
        if year[:2] in ("19", "20"):
            try:
                date(int(year), int(month), int(day))
            except ValueError:
                continue
            return True
    return False
