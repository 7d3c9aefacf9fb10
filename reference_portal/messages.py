"""Every sentence the portal says about a field, a rule or a payment: code -> (Malay, English), literal.

Placeholders are filled by `text`. A value that is an enum member is spoken by its word in `TERMS`, a date or an instant
in the language's own form, so that callers hand over values and never sentences.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from reference_portal.clock import spoken_date, spoken_instant

MALAY = "ms"
ENGLISH = "en"

CATALOGUE: dict[str, tuple[str, str]] = {
    # forms
    "E-REQ": ("Ruangan ini wajib diisi.", "This field is required."),
    "E-SEL": ("Sila pilih satu pilihan.", "Please choose an option."),
    "E-LEN": ("Ruangan ini terlalu panjang. Had: {max} aksara.", "This is too long. Limit: {max} characters."),
    "E-DATE": ("Tarikh tidak sah. Contoh: 2019-05-15.", "Invalid date. Example: 2019-05-15."),
    "E-SUM": ("Sila betulkan {n} ruangan yang bertanda di bawah.", "Please correct the {n} marked fields below."),
    "E-NAME": (
        "Sila masukkan nama penuh seperti dalam kad pengenalan.",
        "Enter your full name as on your identity card.",
    ),
    "E-IC-01": (
        "Nombor kad pengenalan mesti mengandungi 12 digit, contoh 900101-17-1234.",
        "Identity card number must have 12 digits, e.g. 900101-17-1234.",
    ),
    "E-IC-02": (
        "Tarikh lahir dalam nombor kad pengenalan tidak sah.",
        "The date of birth in the number is invalid.",
    ),
    "E-IC-03": ("Kod tempat lahir tidak sah.", "Place-of-birth code is invalid."),
    "E-IC-04": (
        "Nombor ini mungkin milik orang sebenar. Gunakan nombor contoh sandbox sahaja.",
        "This number may belong to a real person. Use sandbox sample numbers only.",
    ),
    "E-IC-05": (
        "Nombor kad pengenalan ini telah didaftarkan. Sila log masuk.",
        "This identity card number is already registered. Please log in.",
    ),
    "E-IC-06": (
        "Pendaftaran dengan nombor kad pengenalan ini sedang berjalan. Teruskan dalam pelayar yang sama atau melalui "
        "pautan dalam emel, atau daftar semula selepas {masa}.",
        "A registration with this identity card number is in progress. Continue in the same browser or by the link in "
        "the e-mail, or register again after {masa}.",
    ),
    "E-AGE": (
        "Umur anda tidak memenuhi syarat lesen bagi kategori ini.",
        "You do not meet the licence age for this category.",
    ),
    "E-EML-01": ("Format emel tidak sah.", "Invalid e-mail format."),
    "E-EML-02": ("Emel dan pengesahan emel tidak sepadan.", "E-mail addresses do not match."),
    "E-EML-03": ("Emel ini telah digunakan.", "This e-mail is already used."),
    "E-EML-04": (
        "Ini emel anda sekarang. Sila masukkan emel lain.",
        "This is your present e-mail. Please enter another one.",
    ),
    "E-TEL-02": (
        "Ini nombor telefon anda sekarang. Sila masukkan nombor lain.",
        "This is your present mobile number. Please enter another one.",
    ),
    "E-TEL": (
        "Nombor telefon bimbit tidak sah. Contoh: 011-0123 4567.",
        "Invalid mobile number. Example: 011-0123 4567.",
    ),
    "E-CON": (
        "Sila beri persetujuan sebelum meneruskan.",
        "Please give your consent before continuing.",
    ),
    "E-PCD": ("Poskod mesti 5 digit.", "Postcode must be 5 digits."),
    "W-PCD": (
        "Poskod tidak sepadan dengan negeri yang dipilih. Sila semak.",
        "Postcode does not match the state. Please check.",
    ),
    "W-PCD-02": (
        "Sila semak amaran di sebelah Poskod. Jika poskod itu betul, tekan Hantar & bayar sekali lagi.",
        "Please check the warning beside the postcode. If the postcode is right, press the button once more.",
    ),
    "E-ADR": (
        "Sila masukkan alamat yang lengkap: sekurang-kurangnya 5 aksara, termasuk huruf.",
        "Please enter a full address: at least 5 characters, with a letter among them.",
    ),
    "E-PLT": ("Nombor pendaftaran kenderaan tidak sah.", "Invalid vehicle registration number."),
    "E-PLT-02": (
        "Nombor ini mungkin milik kenderaan sebenar. Gunakan siri contoh sandbox, contoh ZZX 1234.",
        "This number may belong to a real vehicle. Use the sandbox's sample series, e.g. ZZX 1234.",
    ),
    "E-WRK-01": (
        "Tarikh mula bekerja sendiri tidak boleh selepas hari ini.",
        "The date on which self-employment began cannot be after today.",
    ),
    "E-WRK-02": (
        "Tarikh mula bekerja sendiri tidak boleh sebelum tarikh lahir anda atau sebelum tahun 1950.",
        "The date on which self-employment began cannot be before your birth or before 1950.",
    ),
    "E-WRK-03": (
        "Wilayah tidak sepadan dengan negeri dalam alamat anda: {negeri} ialah {wilayah}.",
        "The region does not match the state of your address: {negeri} is {wilayah}.",
    ),
    # one-time password
    "E-OTP-01": ("Kod OTP tidak betul. Anda ada {n} percubaan lagi.", "Wrong OTP. {n} attempts left."),
    "E-OTP-02": ("Kod OTP telah tamat tempoh. Sila minta kod baharu.", "OTP expired. Please request a new one."),
    "E-OTP-03": (
        "Terlalu banyak percubaan. Sila cuba lagi selepas {m} minit.",
        "Too many attempts. Try again in {m} minutes.",
    ),
    "E-OTP-04": (
        "Kod baharu boleh diminta selepas {n} saat.",
        "A new code can be requested in {n} seconds.",
    ),
    "E-OTP-05": (
        "Kod OTP ini tidak lagi boleh digunakan. Sila minta kod baharu.",
        "This OTP can no longer be used. Please request a new one.",
    ),
    "I-OTP": (
        "OTP telah dihantar ke nombor {masked}. Sah selama {m} minit.",
        "An OTP was sent to {masked}. Valid for {m} minutes.",
    ),
    "I-OTP-02": (
        "Kod telah dihantar ke {masked}. Sah selama {m} minit.",
        "A code was sent to {masked}. Valid for {m} minutes.",
    ),
    "I-OTP-03": (
        "Jika nombor itu mempunyai akaun, OTP telah dihantar ke telefon yang didaftarkan. Sah selama {m} minit.",
        "If the number has an account, an OTP was sent to the phone registered for it. Valid for {m} minutes.",
    ),
    "SMS-OTP-02": (
        "SANDBOX iPERKESO: OTP untuk menukar kata laluan {code}. Sah {m} minit. Jangan beritahu sesiapa.",
        "SANDBOX iPERKESO: OTP to change your password {code}. Valid for {m} minutes. Tell nobody.",
    ),
    "SMS-OTP-03": (
        "SANDBOX iPERKESO: OTP untuk nombor telefon baharu {code}. Sah {m} minit. Jangan beritahu sesiapa.",
        "SANDBOX iPERKESO: OTP for your new phone number {code}. Valid for {m} minutes. Tell nobody.",
    ),
    "SMS-CHG": (
        "SANDBOX iPERKESO: {perubahan} Jika bukan anda, hubungi meja bantuan.",
        "SANDBOX iPERKESO: {perubahan} If it was not you, contact the help desk.",
    ),
    "SMS-OTP": (
        "SANDBOX iPERKESO: kod OTP anda {code}. Sah selama {m} minit. Jangan beritahu sesiapa.",
        "SANDBOX iPERKESO: your OTP is {code}. Valid for {m} minutes. Tell nobody.",
    ),
    # account
    "I-REG": (
        "Pendaftaran berjaya. Pautan verifikasi telah dihantar ke emel anda.",
        "Registration successful. A verification link was sent to your e-mail.",
    ),
    "I-LINK": (
        "Pautan verifikasi baharu telah dihantar ke emel anda.",
        "A new verification link was sent to your e-mail.",
    ),
    "E-ACT-01": (
        "Pautan verifikasi telah tamat tempoh. Sila minta pautan baharu.",
        "The verification link has expired. Request a new one.",
    ),
    "E-ACT-02": ("Pautan ini tidak sah atau telah digunakan.", "This link is invalid or already used."),
    "I-EML": ("Alamat emel anda telah disahkan.", "Your e-mail address is confirmed."),
    "I-ACT": (
        "Akaun anda telah diaktifkan. Sila log masuk.",
        "Your account is activated. Please log in.",
    ),
    "E-PHR": (
        "Ungkapan Rahsia mesti 6 hingga 40 aksara dan tidak sama dengan kata laluan.",
        "Secret phrase must be 6-40 characters and differ from the password.",
    ),
    "E-PHR-02": (
        "Ungkapan Rahsia hanya boleh mengandungi huruf, nombor dan ruang.",
        "Secret phrase may hold letters, numbers and spaces only.",
    ),
    "E-PHR-03": (
        "Ungkapan Rahsia tidak boleh mengandungi kata laluan, nombor kad pengenalan, nama atau emel anda.",
        "Secret phrase may not contain your password, identity card number, name or e-mail.",
    ),
    "E-PWD-01": (
        "Kata laluan mesti sekurang-kurangnya 8 aksara, dengan huruf besar, huruf kecil, nombor dan simbol.",
        "Password needs at least 8 characters with upper and lower case, a number and a symbol.",
    ),
    "E-PWD-02": ("Kata Laluan dan Pengesahan Kata Laluan tidak sepadan.", "Passwords do not match."),
    "E-PWD-03": (
        "Kata laluan tidak boleh mengandungi nombor kad pengenalan atau Ungkapan Rahsia anda.",
        "Password may not contain your identity card number or secret phrase.",
    ),
    "E-PWD-04": ("Kata laluan tidak boleh melebihi 64 aksara.", "Password may not exceed 64 characters."),
    "E-PWD-05": ("Kata laluan sekarang tidak betul.", "Your present password is wrong."),
    "I-PWD": (
        "Kata laluan anda telah ditukar dan semua sesi ditamatkan. Sila log masuk dengan kata laluan baharu.",
        "Your password was changed and every session ended. Please log in with the new password.",
    ),
    "E-PWD-06": (
        "Masa untuk memilih kata laluan baharu telah tamat. Sila minta OTP sekali lagi.",
        "The time to choose a new password is over. Please ask for an OTP again.",
    ),
    "I-CHG-01": (
        "Nombor telefon anda telah ditukar dan semua sesi ditamatkan. Sila log masuk semula.",
        "Your mobile number was changed and every session ended. Please log in again.",
    ),
    "I-CHG-02": (
        "Emel anda telah ditukar dan semua sesi ditamatkan. Sila log masuk semula.",
        "Your e-mail was changed and every session ended. Please log in again.",
    ),
    "T-CHG-01": ("Kata laluan akaun anda telah ditukar.", "The password of your account was changed."),
    "T-CHG-02": (
        "Nombor telefon akaun anda telah ditukar.",
        "The mobile number of your account was changed.",
    ),
    "T-CHG-03": ("Alamat emel akaun anda telah ditukar.", "The e-mail address of your account was changed."),
    "E-LOG-01": (
        "Nombor kad pengenalan atau kata laluan tidak betul.",
        "Identity number or password is wrong.",
    ),
    "E-LOG-02": (
        "Akaun anda dikunci sementara. Sila cuba lagi selepas {m} minit.",
        "Your account is locked for now. Try again in {m} minutes.",
    ),
    "E-LOG-03": (
        "Akaun belum diaktifkan. Sila semak emel anda.",
        "Account not activated. Please check your e-mail.",
    ),
    "W-PHR": (
        "Jika ungkapan rahsia ini bukan milik anda, jangan masukkan kata laluan.",
        "If this is not your phrase, do not enter your password.",
    ),
    "W-SES": ("Sesi anda akan tamat dalam {n} saat.", "Your session ends in {n} seconds."),
    "E-SES": (
        "Sesi anda telah tamat. Sila log masuk semula.",
        "Your session has ended. Please log in again.",
    ),
    "I-OUT-02": (
        "Anda telah log keluar daripada semua peranti.",
        "You have logged out on every device.",
    ),
    "I-OUT-03": ("Sesi itu telah ditamatkan.", "That session was ended."),
    "I-SES": (
        "Sesi anda telah diteruskan.",
        "Your session goes on.",
    ),
    "W-SES-02": (
        "Sesi anda telah tamat. Apa yang ditaip dalam borang ini masih ada di sini, dan disimpan untuk anda.",
        "Your session has ended. What you typed into this form is still here, and is kept for you.",
    ),
    "I-DRAFT": (
        "Apa yang anda taip telah disimpan. Log masuk semula untuk meneruskannya.",
        "What you typed has been kept. Log in again to go on with it.",
    ),
    "I-DRAFT-02": (
        "Draf yang disimpan pada {masa} telah diisi semula. Sila semak sebelum menghantar.",
        "The draft kept on {masa} was filled in again. Please check it before sending.",
    ),
    "I-DRAFT-03": ("Draf disimpan.", "Draft kept."),
    "I-OUT": ("Anda telah log keluar.", "You have logged out."),
    # documents
    "E-DOC-01": ("Sila muat naik {dokumen}.", "Please upload your {dokumen}."),
    "E-DOC-02": (
        "Format fail tidak disokong. Format dibenarkan: PDF, JPG, PNG.",
        "Unsupported file type. Allowed: PDF, JPG, PNG.",
    ),
    "E-DOC-03": ("Saiz fail melebihi {mb} MB.", "File is larger than {mb} MB."),
    "E-DOC-04": ("Fail gagal dimuat naik. Sila cuba lagi.", "Upload failed. Please try again."),
    "E-DOC-05": ("{dokumen} telah tamat tempoh.", "{dokumen} has expired."),
    "E-DOC-06": (
        "Profil Pemandu diterima sehingga 11 Julai 2019 sahaja. "
        "Sila muat naik Kad PSV, Kad Pemandu atau Surat Kebenaran.",
        "Driver profile was accepted until 11 July 2019 only. "
        "Upload a PSV card, driver's card or authorisation letter.",
    ),
    "E-DOC-07": (
        "Surat kebenaran hanya untuk pemandu di Sabah dan Sarawak.",
        "The authorisation letter is for drivers in Sabah and Sarawak only.",
    ),
    "E-DOC-08": (
        "{dokumen} hanya untuk pemandu di Semenanjung Malaysia. Sila muat naik Surat Kebenaran.",
        "{dokumen} is for drivers in Peninsular Malaysia only. Upload an authorisation letter.",
    ),
    "E-DOC-09": ("Sila masukkan tarikh luput {dokumen}.", "Please enter the expiry date of your {dokumen}."),
    "E-DOC-10": (
        "Nombor {dokumen} tidak sah. Contoh: {contoh}.",
        "Invalid {dokumen} number. Example: {contoh}.",
    ),
    "E-DOC-11": (
        "Sila muat naik Kad PSV atau Kad Pemandu yang sah.",
        "Please upload a valid PSV card or driver's card.",
    ),
    "E-DOC-12": (
        "Sila muat naik Kad PSV, Kad Pemandu atau Profil Pemandu.",
        "Please upload a PSV card, driver's card or driver profile.",
    ),
    "E-DOC-13": (
        "Sila muat naik Surat Kebenaran atau Profil Pemandu.",
        "Please upload an authorisation letter or driver profile.",
    ),
    "E-DOC-14": (
        "Dokumen lain yang diperlukan bergantung pada kategori dan wilayah. Sila pilih kedua-duanya.",
        "Which other documents are needed depends on category and region. Please choose both.",
    ),
    "E-DOC-15": (
        "Fail PDF ini dilindungi kata laluan. Sila muat naik salinan tanpa kata laluan.",
        "This PDF is protected by a password. Upload a copy without one.",
    ),
    "E-DOC-16": (
        "Fail ini mengandungi fail jenis lain di dalamnya. Sila imbas semula dokumen dan muat naik imbasan itu.",
        "This file hides a file of another kind. Scan the document again and upload the scan.",
    ),
    "E-DOC-17": (
        "Fail ini terlalu besar apabila dibuka (terlalu banyak titik atau muka surat). Sila imbas pada 300 dpi.",
        "This file is too large once opened (too many dots or pages). Scan it at 300 dpi.",
    ),
    "E-DOC-18": (
        "Fail ini rosak atau tidak lengkap. Sila simpan atau imbas semula, kemudian muat naik.",
        "This file is damaged or incomplete. Save or scan it again, then upload it.",
    ),
    "D-TX-1": ("Lesen memandu yang sah", "A valid driving licence"),
    "D-TX-2": ("Satu daripada dokumen berikut", "One of the following"),
    "D-TX-2a": (
        "Kad PSV atau Kad Pemandu yang sah, di Semenanjung Malaysia",
        "A valid PSV card or driver's card, in Peninsular Malaysia",
    ),
    "D-TX-2b": (
        "Surat Kebenaran yang sah, di Sabah dan Sarawak",
        "A valid authorisation letter, in Sabah and Sarawak",
    ),
    "D-TX-2c": (
        "Bukti berdaftar e-hailing (Profil Pemandu), sehingga 11 Julai 2019 sahaja",
        "Proof of e-hailing registration (driver profile), until 11 July 2019 only",
    ),
    "D-BS-1": ("Lesen memandu yang sah", "A valid driving licence"),
    "D-BS-2": ("Lesen vokasional (Kad PSV) yang sah", "A valid vocational licence (PSV card)"),
    "E-DCL": ("Sila sahkan perakuan sebelum menghantar.", "Please tick the declaration before submitting."),
    # cover
    "E-COV-01": (
        "Anda belum berdaftar. Sila klik Daftar dahulu.",
        "You are not registered yet. Please click Daftar (Register) first.",
    ),
    "E-COV-02": (
        "Anda sudah mempunyai caruman yang akan bermula pada {tarikh}.",
        "You already have a contribution starting on {tarikh}.",
    ),
    "E-COV-03": (
        "Skim ini berkuat kuasa mulai 1 Jun 2017. Tiada perlindungan sebelum tarikh itu.",
        "The scheme is in force from 1 June 2017. There is no cover before that date.",
    ),
    "E-COV-04": (
        "Perlindungan anda masih aktif hingga {tarikh}. Pembaharuan dibuka selepas tarikh itu.",
        "Your cover is active until {tarikh}. Renewal opens after that date.",
    ),
    "E-COV-05": (
        "Anda telah berdaftar. Sila klik Memperbaharui.",
        "You are already registered. Please click Renew.",
    ),
    "W-COV": ("Perlindungan anda akan tamat pada {tarikh}.", "Your coverage ends on {tarikh}."),
    "I-COV": ("Perlindungan bermula {mula} dan tamat {tamat}.", "Coverage starts {mula} and ends {tamat}."),
    # payments
    "E-PAY-01": (
        "Bayaran tidak berjaya. Tiada amaun ditolak. Sila cuba lagi.",
        "Payment failed. Nothing was charged. Please try again.",
    ),
    "E-PAY-02": ("Bayaran ditolak: baki tidak mencukupi.", "Declined: insufficient funds."),
    "E-PAY-03": ("Bayaran dibatalkan.", "Payment cancelled."),
    "E-PAY-04": ("Masa transaksi telah tamat.", "The transaction timed out."),
    "E-PAY-05": (
        "Bank tidak tersedia buat masa ini. Sila pilih bank lain.",
        "Bank unavailable now. Please choose another.",
    ),
    "E-PAY-06": ("Had transaksi melebihi had bank anda.", "Over your bank's transaction limit."),
    "I-PAY-01": (
        "Pesanan {pesanan} telah dibatalkan. Tiada bayaran dibuat.",
        "Order {pesanan} is cancelled. Nothing was paid.",
    ),
    "I-PAY-C": (
        "Disemak dengan FPX pada {masa}: bayaran masih menunggu. Boleh disemak semula selepas {n} saat.",
        "Checked with FPX at {masa}: the payment is still pending. You may check again in {n} seconds.",
    ),
    "E-PAY-07": (
        "FPX belum menerima transaksi ini. Sila teruskan bayaran.",
        "FPX has not received this transaction yet. Please continue the payment.",
    ),
    "E-PAY-08": (
        "Bayaran tidak dapat disahkan. Jika akaun anda didebit, bank akan mengembalikan wang anda. "
        "Sila simpan nombor pesanan dan ID transaksi FPX.",
        "The payment could not be confirmed. If your account was debited, the bank will return the money. "
        "Please keep the order number and the FPX transaction ID.",
    ),
    "E-PAY-09": (
        "Anda mempunyai bayaran yang belum selesai. Sila selesaikannya dahulu.",
        "You have a payment that is not finished. Please finish it first.",
    ),
    "E-PAY-10": (
        "FPX tidak dapat dihubungi. Sila cuba lagi sebentar lagi.",
        "FPX cannot be reached. Please try again shortly.",
    ),
    "E-PAY-11": (
        "Bayaran ini ialah bayaran kali kedua bagi caruman yang sama. Ia tidak menambah perlindungan dan akan "
        "dipulangkan. Sila hubungi {hubungi} dan beri nombor pesanan {pesanan}.",
        "This is a second payment for the same contribution. It adds no cover and will be refunded. "
        "Please contact {hubungi} and give order number {pesanan}.",
    ),
    "E-PAY-12": (
        "Caruman ini telah dibayar dengan pesanan lain. Jangan bayar semula.",
        "This contribution was paid with another order. Do not pay again.",
    ),
    "E-PAY-13": (
        "Bank tidak mengenali anda: log masuk atau TAC tidak betul. Tiada amaun ditolak. Sila cuba lagi.",
        "The bank did not recognise you: the login or the TAC was wrong. Nothing was charged. Please try again.",
    ),
    "E-PAY-14": (
        "Akaun bank yang dipilih tidak boleh membuat bayaran ini. Tiada amaun ditolak. "
        "Sila pilih akaun atau bank lain.",
        "The bank account chosen cannot make this payment. Nothing was charged. Choose another account or bank.",
    ),
    "E-PAY-15": (
        "FPX tidak menerima bayaran ini daripada portal. Tiada amaun ditolak. Sila cuba lagi kemudian; jika masih "
        "begini, hubungi meja bantuan.",
        "FPX did not take this payment from the portal. Nothing was charged. Please try again later; if it stays so, "
        "contact the help desk.",
    ),
    "E-PAY-16": (
        "Tiada pesanan yang menunggu bayaran: ia telah selesai atau dibatalkan di tetingkap lain. "
        "Tiada bayaran baharu dibuat.",
        "No order waits for payment: it was finished or cancelled in another window. No new payment was made.",
    ),
    "I-PAY-P": (
        "Bayaran sedang diproses. Jangan bayar semula. Kami akan mengemas kini status.",
        "Payment is being processed. Do not pay again. We will update the status.",
    ),
    "I-PAY-S": (
        "Bayaran berjaya. Resit bayaran caruman boleh dimuat turun.",
        "Payment successful. The receipt can be downloaded.",
    ),
    "I-SEAL": (
        "Resit ini dikeluarkan oleh sandbox ini dengan nombor, amaun dan tarikh berikut.",
        "This sandbox issued this receipt, with the following number, amount and date.",
    ),
    "I-SEAL-02": (
        "Bandingkan dengan resit di tangan anda. Semakan ini tidak menunjukkan siapa yang membayar.",
        "Compare it with the receipt in your hand. This check does not show who paid.",
    ),
    "E-SEAL": (
        "Nombor, amaun dan tarikh ini tidak diperakui oleh sandbox ini. Imbas semula kod QR pada resit; jika masih "
        "begini, resit itu telah diubah.",
        "This sandbox has not certified this number, amount and date. Scan the receipt's QR code again; if it stays "
        "so, the receipt was altered.",
    ),
    # help a real portal would not give
    "E-SEED": (
        "Benih itu tidak boleh digunakan: 1 hingga 40 huruf, digit, titik, sengkang atau garis bawah. Ini orang lain.",
        "That seed cannot be used: 1 to 40 letters, digits, dots, hyphens or underscores. This is somebody else.",
    ),
    "I-SMP": (
        "Borang pendaftaran dan borang caruman diisi dengan data pemohon contoh {benih}. "
        "Semak, tandakan kotak, pilih fail, dan hantar.",
        "The account form and the contribution form are filled in with sample applicant {benih}. "
        "Check them, tick the boxes, choose the files, and send.",
    ),
    # the portal itself
    "E-MAIL": (
        "Emel tidak dapat dihantar buat masa ini. Sila cuba lagi sebentar lagi.",
        "The e-mail cannot be sent now. Please try again shortly.",
    ),
    "E-SMS": (
        "SMS tidak dapat dihantar buat masa ini. Sila cuba lagi sebentar lagi.",
        "The SMS cannot be sent now. Please try again shortly.",
    ),
    "E-CSRF": (
        "Borang ini telah tamat tempoh. Sila muat semula halaman dan cuba lagi.",
        "This form has expired. Please reload the page and try again.",
    ),
    "E-RATE": (
        "Terlalu banyak percubaan dari sini. Sila cuba lagi selepas {m} minit.",
        "Too many attempts from here. Please try again in {m} minutes.",
    ),
    "E-SYS": (
        "Ralat sistem. Sila cuba lagi sebentar lagi. (Rujukan: {id})",
        "System error. Please try again shortly. (Ref: {id})",
    ),
    "E-404": ("Halaman tidak dijumpai.", "Page not found."),
    "E-403": ("Anda tidak dibenarkan mengakses halaman ini.", "You may not access this page."),
    "W-LEAVE": (
        "Maklumat yang belum disimpan akan hilang. Teruskan?",
        "Unsaved information will be lost. Continue?",
    ),
    "T-DBL": (
        "Tiada: bayaran kali kedua bagi caruman yang sama, akan dipulangkan",
        "None: a second payment for the same contribution, to be refunded",
    ),
    "T-DCL": (
        "Saya mengaku bahawa semua maklumat dan dokumen yang diberikan adalah benar dan betul.",
        "I declare that all information and documents given are true and correct.",
    ),
}

TERMS: dict[str, tuple[str, str]] = {
    "lesen_memandu": ("Lesen Memandu", "Driving licence"),
    "kad_psv": ("Kad PSV", "PSV card"),
    "kad_pemandu": ("Kad Pemandu", "Driver's card"),
    "surat_kebenaran": ("Surat Kebenaran", "Authorisation letter"),
    "profil_pemandu": ("Profil Pemandu", "Driver profile"),
    "teksi": ("Pemandu Teksi", "Taxi driver"),
    "e-hailing": ("Pemandu E-hailing", "E-hailing driver"),
    "bas": ("Pemandu Bas", "Bus driver"),
    "semenanjung": ("Semenanjung Malaysia", "Peninsular Malaysia"),
    "sabah": ("Sabah dan W.P. Labuan", "Sabah and Labuan"),
    "sarawak": ("Sarawak", "Sarawak"),
    "bulanan": ("Bulanan", "Monthly"),
    "tahunan": ("Tahunan", "Yearly"),
    "lelaki": ("Lelaki", "Male"),
    "perempuan": ("Perempuan", "Female"),
    "warganegara": ("Warganegara", "Citizen"),
    "pemastautin": ("Pemastautin Tetap", "Permanent resident"),
    "PLACED": ("BELUM DIBAYAR", "NOT PAID"),
    "SENT": ("BELUM SELESAI", "NOT FINISHED"),
    "PENDING": ("MENUNGGU", "PENDING"),
    "PAID": ("BERJAYA", "SUCCESSFUL"),
    "FAILED": ("GAGAL", "FAILED"),
    "CANCELLED": ("DIBATALKAN", "CANCELLED"),
    "TIMED_OUT": ("TAMAT MASA", "TIMED OUT"),
    "AKTIF": ("AKTIF", "ACTIVE"),
    "AKAN BERMULA": ("AKAN BERMULA", "STARTS LATER"),
    "AKAN TAMAT": ("AKAN TAMAT", "ENDS SOON"),
    "TAMAT TEMPOH": ("TAMAT TEMPOH", "EXPIRED"),
    "BELUM MENCARUM": ("BELUM MENCARUM", "NOT YET CONTRIBUTED"),
}


def text(code: str, /, language: str = MALAY, **values: object) -> str:
    """The sentence of `code` in Malay (or English), its placeholders filled. An unknown code is a KeyError."""
    sentence = CATALOGUE[code][language == ENGLISH]
    filled = sentence.format(**{name: _spoken(value, language) for name, value in values.items()})
    return filled.replace(".m..", ".m.")  # an English time of day ends with a full stop of its own


def term(word: str, /, language: str = MALAY) -> str:
    """What a stored word (a document kind, a category, a state) is called on the screen."""
    return TERMS[str(word)][language == ENGLISH]


def _spoken(value: object, language: str) -> object:
    if isinstance(value, Enum) and str(value.value) in TERMS:
        return term(str(value.value), language)
    if isinstance(value, datetime):
        return spoken_instant(value, language)
    if isinstance(value, date):
        return spoken_date(value, language)
    return value
