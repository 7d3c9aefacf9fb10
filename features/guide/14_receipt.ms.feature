# language: bm
@L14
Fungsi: L14 Resit bayaran caruman
  Pemohon memuat turun resit bayaran caruman. Portal menawarkannya hanya setelah bayaran berjaya.

  @L14.1
  Senario: Resit selepas bayaran berjaya
    Diberi caruman telah dibayar
    Apabila pemohon memuat turun resit
    Maka resit itu memperakui nama, amaun "RM157.20", tarikh dan masa bayaran
    Dan resit itu bertanda "SANDBOX"
    Dan nombor kad pengenalan pada resit itu ditutup sebahagiannya

  @L14.2
  Senario: Resit yang dimuat turun dua kali adalah sama
    Diberi caruman telah dibayar
    Apabila pemohon memuat turun resit
    Dan 2 jam berlalu
    Maka resit yang dimuat turun selepas log masuk semula adalah sama setiap bait

  @L14.3
  Senario: Tiada resit untuk bayaran yang gagal
    Diberi borang caruman telah dihantar
    Apabila pemohon membayar di "UJIAN001" sebagai pelanggan "5151"
    Maka halaman itu tidak menawarkan "Muat turun resit"
    Dan alamat resit itu juga tidak memberi apa-apa

  @L14.4
  Senario: Resit orang lain
    Diberi caruman telah dibayar
    Apabila orang lain yang log masuk membuka resit itu
    Maka orang lain itu tidak melihat apa-apa tentangnya
