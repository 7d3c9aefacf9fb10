# language: bm
@L04
Fungsi: L04 Sahkan nombor telefon
  Portal telah menghantar nombor OTP melalui SMS. Pemohon menaip nombor OTP itu dan menekan "Seterusnya".

  Latar Belakang:
    Diberi borang akaun telah dihantar

  @L04.1
  Senario: Nombor OTP yang diterima ditaip
    Apabila pemohon menaip nombor OTP daripada SMS terbaharu
    Maka pemohon berada di halaman pendaftaran berjaya

  @L04.2
  Senario: Nombor OTP yang salah
    Apabila pemohon menaip nombor OTP yang salah
    Maka di sebelah "Nombor OTP" tertulis "Kod OTP tidak betul. Anda ada 2 percubaan lagi."

  @L04.3
  Senario: Tiga kali salah mematikan nombor OTP
    Diberi pemohon telah menaip nombor OTP yang salah 3 kali
    Apabila pemohon cuba nombor OTP yang betul
    Maka pemohon masih di halaman OTP
    Dan halaman itu menawarkan "Hantar semula OTP"

  @L04.4
  Senario: Nombor OTP yang tamat tempoh diganti dengan yang baharu
    Diberi 301 saat berlalu
    Apabila pemohon cuba nombor OTP yang betul
    Maka di sebelah "Nombor OTP" tertulis "Kod OTP telah tamat tempoh. Sila minta kod baharu."
    Apabila pemohon menekan "Hantar semula OTP"
    Dan pemohon menaip nombor OTP daripada SMS terbaharu
    Maka pemohon berada di halaman pendaftaran berjaya

  @L04.5
  Senario: Nombor OTP lama tidak diterima selepas yang baharu dihantar
    Diberi 61 saat berlalu
    Dan pemohon telah menyimpan nombor OTP yang pertama
    Apabila pemohon menekan "Hantar semula OTP"
    Dan pemohon cuba nombor OTP yang pertama
    Maka pemohon masih di halaman OTP

  @L04.6
  Senario: OTP baharu diminta terlalu awal
    Apabila pemohon menekan "Hantar semula OTP"
    Maka halaman itu menyatakan "Kod baharu boleh diminta selepas"
    Dan telefon pemohon menerima satu SMS sahaja
