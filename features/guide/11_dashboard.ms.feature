# language: bm
@L11
Fungsi: L11 Papan pemuka
  Pada panel "Pendaftaran dan Caruman" pemohon menekan "Daftar" (L11a), atau "Memperbaharui" untuk memperbaharui (L11b). Portal menunjukkan borangnya.

  @L11a @L11.1
  Senario: Daftar kali pertama
    Diberi papan pemuka terbuka
    Maka papan pemuka menunjukkan status "BELUM MENCARUM"
    Apabila pemohon menekan "Daftar"
    Maka pemohon berada di borang caruman

  @L11b @L11.2
  Senario: Memperbaharui selepas perlindungan tamat
    Diberi seorang pencarum yang perlindungannya telah tamat berada di papan pemuka
    Maka papan pemuka menunjukkan status "TAMAT TEMPOH"
    Apabila pemohon menekan "Memperbaharui"
    Maka pemohon berada di borang pembaharuan

  @L11b @L11.3
  Senario: Memperbaharui sebelum pernah mencarum
    Diberi papan pemuka terbuka
    Maka halaman itu tidak membenarkan "Memperbaharui"
    Apabila pemohon membuka borang pembaharuan melalui alamatnya
    Maka pemohon berada di papan pemuka
    Dan halaman itu menyatakan "Anda belum berdaftar. Sila klik Daftar dahulu."

  @L11a @L11.4
  Senario: Mendaftar untuk kali kedua
    Diberi pemohon dilindungi
    Maka halaman itu tidak membenarkan "Daftar"
    Apabila pemohon membuka borang caruman melalui alamatnya
    Maka pemohon berada di papan pemuka
    Dan halaman itu menyatakan "Anda telah berdaftar. Sila klik Memperbaharui."
