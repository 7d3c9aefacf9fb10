"""The response codes of debitAuthCode and creditAuthCode (seven sources agree on the table), in our own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ResponseCode:
    """A code and what it means, in English and in Malay."""

    code: str
    english: str
    malay: str


_TABLE = """
00|approved|diluluskan
03|invalid merchant|saudagar tidak sah
05|invalid seller or acquiring bank code|kod penjual atau bank pemeroleh tidak sah
09|pending|menunggu
12|invalid transaction|transaksi tidak sah
13|invalid amount|amaun tidak sah
14|invalid buyer account|akaun pembeli tidak sah
20|invalid response|jawapan tidak sah
30|format error|ralat format
31|invalid bank|bank tidak sah
39|no credit account|tiada akaun kredit
45|duplicate seller order number|nombor pesanan penjual berulang
46|invalid seller exchange or seller|bursa penjual atau penjual tidak sah
47|invalid currency|mata wang tidak sah
48|maximum transaction limit exceeded|melebihi had maksimum transaksi
49|merchant-specific limit exceeded|melebihi had khusus saudagar
50|invalid seller for merchant-specific limit|penjual tidak sah bagi had khusus saudagar
51|insufficient funds|baki tidak mencukupi
53|no buyer account number|tiada nombor akaun pembeli
57|transaction not permitted|transaksi tidak dibenarkan
58|transaction to merchant not permitted|transaksi kepada saudagar tidak dibenarkan
70|invalid serial number|nombor siri tidak sah
76|transaction not found|transaksi tidak dijumpai
77|invalid buyer name or id|nama atau ID pembeli tidak sah
78|decryption failed|penyahsulitan gagal
79|host decline when down|ditolak ketika hos tergendala
80|buyer cancelled|dibatalkan oleh pembeli
83|invalid transaction model|model transaksi tidak sah
84|invalid transaction type|jenis transaksi tidak sah
85|internal error at bank|ralat dalaman di bank
87|debit failed, exception handling|debit gagal, pengendalian pengecualian
88|credit failed, exception handling|kredit gagal, pengendalian pengecualian
89|not received, exception handling|tidak diterima, pengendalian pengecualian
90|bank internet banking unavailable|perbankan internet bank tidak tersedia
92|invalid buyer bank|bank pembeli tidak sah
96|system malfunction|sistem tergendala
98|MAC error|ralat MAC
99|pending authorization|menunggu kelulusan
BB|blocked bank|bank disekat
BC|cancelled by customer|dibatalkan oleh pelanggan
DA|e-mandate: application type|e-Mandat: jenis permohonan
DB|e-mandate: e-mail format|e-Mandat: format e-mel
DC|e-mandate: maximum frequency|e-Mandat: kekerapan maksimum
DD|e-mandate: frequency mode|e-Mandat: mod kekerapan
DE|e-mandate: expiry date|e-Mandat: tarikh luput
DF|e-mandate: buyer bank|e-Mandat: bank pembeli
FE|internal error|ralat dalaman
OE|outside operating hours|di luar waktu operasi
OF|timeout|tamat masa
OO|bulk refund debit approved|debit bayaran balik pukal diluluskan
SB|invalid acquiring bank code|kod bank pemeroleh tidak sah
XA|invalid source IP (B2B2)|IP sumber tidak sah (B2B2)
XB|invalid seller exchange IP|IP bursa penjual tidak sah
XC|seller exchange encryption error|ralat penyulitan bursa penjual
XE|invalid message|mesej tidak sah
XF|invalid number of orders|bilangan pesanan tidak sah
XI|invalid seller exchange|bursa penjual tidak sah
XM|invalid FPX transaction model|model transaksi FPX tidak sah
XN|duplicate seller exchange order number|nombor pesanan bursa penjual berulang
XO|duplicate exchange order number|nombor pesanan bursa berulang
XS|seller not of this exchange|penjual bukan di bawah bursa ini
XT|invalid transaction type|jenis transaksi tidak sah
XW|seller exchange date difference exceeded|beza tarikh bursa penjual melebihi had
1A|session timeout at login|tamat masa semasa log masuk
1B|login information not given or wrong|maklumat log masuk tiada atau salah
1C|cancelled at login|dibatalkan semasa log masuk
1D|timeout at account selection|tamat masa semasa pilihan akaun
1E|failed at account selection|gagal semasa pilihan akaun
1F|cancelled at account selection|dibatalkan semasa pilihan akaun
1G|timeout at TAC|tamat masa semasa TAC
1H|failed at TAC|gagal semasa TAC
1I|cancelled at TAC|dibatalkan semasa TAC
1J|timeout at confirmation|tamat masa semasa pengesahan
1K|failed at confirmation|gagal semasa pengesahan
1L|cancelled at confirmation|dibatalkan semasa pengesahan
1M|internet banking session timeout|tamat masa sesi perbankan internet
1S|bulk refund submitted|bayaran balik pukal diserahkan
2A|amount below minimum|amaun kurang daripada minimum
2X|cancelled by merchant|dibatalkan oleh saudagar
B0|refund: order list format|bayaran balik: format senarai pesanan
B1|refund: invalid seller|bayaran balik: penjual tidak sah
B2|refund: seller not allowed|bayaran balik: penjual tidak dibenarkan
B3|refund: multiple refunds not allowed|bayaran balik: berulang tidak dibenarkan
B4|refund: above maximum|bayaran balik: melebihi maksimum
B5|refund: original not found|bayaran balik: transaksi asal tidak dijumpai
B6|refund: original still pending|bayaran balik: transaksi asal masih menunggu
B7|refund: original not successful|bayaran balik: transaksi asal tidak berjaya
B8|refund: previous refund pending|bayaran balik: yang terdahulu masih menunggu
B9|refund: below minimum|bayaran balik: kurang daripada minimum
C1|refund: invalid model|bayaran balik: model tidak sah
C2|refund: invalid buyer bank|bayaran balik: bank pembeli tidak sah
C3|refund: invalid seller bank|bayaran balik: bank penjual tidak sah
C4|refund: no valid order list|bayaran balik: tiada senarai pesanan yang sah
C5|refund: duplicate seller order number|bayaran balik: nombor pesanan penjual berulang
"""

CODES = {row[:2]: ResponseCode(*row.split("|")) for row in _TABLE.strip().splitlines()}
"""The whole table, by code."""


def meaning(code: str) -> ResponseCode:
    """What a code means; a code outside the table (a setting may name one) is said to be unknown."""
    return CODES.get(code) or ResponseCode(code, "not in the table", "tiada dalam jadual")
