# language: bm
@L13
Fungsi: L13 Bayar dengan FPX
  Pemohon memilih bank dan membayar dengan FPX. Portal menyerahkan pemohon kepada FPX dan bank, lalu pemohon kembali.

  Latar Belakang:
    Diberi borang caruman telah dihantar

  @L13.1
  Senario: Bank meluluskan bayaran
    Apabila pemohon membayar di "UJIAN001" sebagai pelanggan "1234"
    Maka status bayaran ialah "BERJAYA"
    Dan FPX mengesahkan bayaran itu terus kepada portal
    Dan bank telah mendebit amaun itu sekali sahaja

  @L13.2
  Kerangka Senario: Bank tidak meluluskan bayaran
    Apabila pemohon membayar di "<bank>" sebagai pelanggan "<pelanggan>"
    Maka status bayaran ialah "<status>"
    Dan halaman itu menyatakan "<mesej>"
    Dan halaman itu tidak menawarkan "Muat turun resit"
    Dan bank tidak mendebit apa-apa

    Contoh:
      | bank     | pelanggan | status | mesej                                  | sebab                      |
      | UJIAN001 | 5151      | GAGAL  | Bayaran ditolak: baki tidak mencukupi. | baki tidak mencukupi       |
      | TEST0022 | 1234      | GAGAL  | Bayaran ditolak: baki tidak mencukupi. | bank yang sentiasa menolak |

  @L13.3
  Kerangka Senario: Pembeli membatalkan di bank
    Apabila pemohon membatalkan bayaran <tempat>
    Maka status bayaran ialah "DIBATALKAN"
    Dan halaman itu menyatakan "Bayaran dibatalkan."
    Dan bank tidak mendebit apa-apa

    Contoh:
      | tempat                     |
      | di halaman log masuk bank  |
      | di halaman pengesahan bank |

  @L13.4
  Senario: Kata laluan bank salah tiga kali
    Apabila pemohon memberi kata laluan bank yang salah tiga kali
    Maka status bayaran ialah "GAGAL"
    Dan bank tidak mendebit apa-apa

  @L13.5
  Senario: Bank yang luar talian tidak boleh dipilih
    Diberi bank "UJIAN003" ditanda luar talian dan tidak boleh dipilih
    Apabila pemohon memilih bank "UJIAN003" juga
    Maka di sebelah "Pilih bank" tertulis "Bank tidak tersedia buat masa ini. Sila pilih bank lain."

  @L13.6
  Senario: Tiada bank dipilih
    Apabila pemohon menekan "Bayar dengan FPX"
    Maka di sebelah "Pilih bank" tertulis "Sila pilih satu pilihan."

  @L13.7
  Senario: Cuba lagi selepas gagal
    Diberi pemohon membayar di "UJIAN001" sebagai pelanggan "5151"
    Apabila pemohon menekan "Cuba lagi"
    Dan pemohon membayar di "CONTOH01" sebagai pelanggan "1234"
    Maka status bayaran ialah "BERJAYA"
    Dan bank telah mendebit amaun itu sekali sahaja

  @L13.8
  Senario: Bayaran menunggu hingga status disemak
    Apabila pemohon membayar di "UJIAN001" sebagai pelanggan "0909"
    Maka status bayaran ialah "MENUNGGU"
    Dan halaman itu tidak menawarkan "Muat turun resit"
    Apabila pemohon menyemak status sehingga ia berubah
    Maka status bayaran ialah "BERJAYA"

  @L13.9
  Senario: Pelayar ditutup di bank selepas bayaran disahkan
    Apabila pemohon mengesahkan bayaran di bank dan menutup pelayar
    Maka FPX mengesahkan bayaran itu terus kepada portal
    Dan selepas log masuk semula pemohon mempunyai perlindungan dan resit
