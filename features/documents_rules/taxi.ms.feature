# language: bm
Fungsi: Dokumen pemandu teksi dan e-hailing
  Siapa yang memandu teksi atau e-hailing perlu menunjukkan lesen memandu, dan satu lagi dokumen mengikut tempatnya.

  @D-TX-1
  Rule: D-TX-1 Lesen memandu yang sah sentiasa diperlukan

    @D-TX-1.1
    Senario: Tanpa lesen memandu
      Diberi borang caruman pemandu "teksi" di "semenanjung" terbuka
      Apabila pemohon menyerahkan "Kad PSV"
      Maka di sebelah "Lesen Memandu" tertulis "Sila muat naik Lesen Memandu."

    @D-TX-1.2
    Kerangka Senario: Hari terakhir lesen memandu
      Diberi borang caruman pemandu "e-hailing" di "semenanjung" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu, Kad PSV"; hari terakhir "Lesen Memandu" ialah "<tamat>"
      Maka permohonan <keputusan>

      Contoh:
        | tamat      | keputusan | sebab               |
        | 15/05/2019 | diterima  | sah hingga hari ini |
        | 14/05/2019 | ditolak   | tamat semalam       |

  @D-TX-2
  Rule: D-TX-2 Satu lagi dokumen diperlukan

    @D-TX-2.1
    Kerangka Senario: Lesen memandu sahaja tidak mencukupi
      Diberi jam menunjukkan "<masa>"
      Dan borang caruman pemandu "<kategori>" di "<wilayah>" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu"
      Maka permohonan ditolak
      Dan halaman itu menyatakan "<mesej>"

      Contoh:
        | masa                | kategori  | wilayah     | mesej                                                    |
        | 15/05/2019 09:00:00 | teksi     | semenanjung | Sila muat naik Kad PSV, Kad Pemandu atau Profil Pemandu. |
        | 15/05/2019 09:00:00 | e-hailing | sabah       | Sila muat naik Surat Kebenaran atau Profil Pemandu.      |
        | 15/07/2019 09:00:00 | e-hailing | semenanjung | Sila muat naik Kad PSV atau Kad Pemandu yang sah.        |
        | 15/07/2019 09:00:00 | teksi     | sarawak     | Sila muat naik Surat Kebenaran.                          |

  @D-TX-2a
  Rule: D-TX-2a Kad PSV atau Kad Pemandu yang sah, di Semenanjung Malaysia

    @D-TX-2a.1
    Kerangka Senario: Satu daripadanya mencukupi di Semenanjung
      Diberi borang caruman pemandu "<kategori>" di "semenanjung" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu, <kad>"
      Maka permohonan diterima

      Contoh:
        | kategori  | kad         |
        | teksi     | Kad PSV     |
        | teksi     | Kad Pemandu |
        | e-hailing | Kad PSV     |
        | e-hailing | Kad Pemandu |

    @D-TX-2a.2
    Kerangka Senario: Kad tidak dikira di Sabah dan Sarawak
      Diberi borang caruman pemandu "teksi" di "<wilayah>" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu, <kad>"
      Maka permohonan ditolak
      Dan halaman itu menyatakan "<kad> hanya untuk pemandu di Semenanjung Malaysia. Sila muat naik Surat Kebenaran."

      Contoh:
        | wilayah | kad         |
        | sabah   | Kad PSV     |
        | sarawak | Kad Pemandu |

    @D-TX-2a.3
    Senario: Kad yang telah tamat tempoh
      Diberi borang caruman pemandu "teksi" di "semenanjung" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu, Kad Pemandu"; hari terakhir "Kad Pemandu" ialah "14/05/2019"
      Maka di sebelah "Kad Pemandu" tertulis "Kad Pemandu telah tamat tempoh."

  @D-TX-2b
  Rule: D-TX-2b Surat kebenaran yang sah, di Sabah dan Sarawak

    @D-TX-2b.1
    Kerangka Senario: Surat kebenaran mencukupi di Sabah dan Sarawak
      Diberi borang caruman pemandu "<kategori>" di "<wilayah>" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu, Surat Kebenaran"
      Maka permohonan diterima

      Contoh:
        | kategori  | wilayah |
        | teksi     | sabah   |
        | e-hailing | sarawak |

    @D-TX-2b.2
    Senario: Surat kebenaran tidak dikira di Semenanjung
      Diberi borang caruman pemandu "teksi" di "semenanjung" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu, Surat Kebenaran"
      Maka di sebelah "Surat Kebenaran" tertulis "Surat kebenaran hanya untuk pemandu di Sabah dan Sarawak."

  @D-TX-2c
  Rule: D-TX-2c Bukti berdaftar dengan perkhidmatan e-hailing, sehingga 11 Julai 2019 sahaja

    @D-TX-2c.1
    Kerangka Senario: Profil pemandu sebelum dan selepas hari terakhir
      Diberi jam menunjukkan "<masa>"
      Dan borang caruman pemandu "e-hailing" di "<wilayah>" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu, Profil Pemandu"
      Maka permohonan <keputusan>

      Contoh:
        | masa                | wilayah     | keputusan | sebab                      |
        | 15/05/2019 09:00:00 | semenanjung | diterima  | jauh sebelum hari terakhir |
        | 11/07/2019 23:59:59 | semenanjung | diterima  | saat terakhir              |
        | 11/07/2019 23:59:59 | sabah       | diterima  | saat terakhir              |
        | 12/07/2019 00:00:00 | semenanjung | ditolak   | saat pertama selepasnya    |
        | 12/07/2019 00:00:00 | sarawak     | ditolak   | saat pertama selepasnya    |

    @D-TX-2c.2
    Senario: Penolakan selepas hari terakhir menyebut sebabnya
      Diberi jam menunjukkan "12/07/2019 00:00:00"
      Dan borang caruman pemandu "e-hailing" di "semenanjung" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu, Profil Pemandu"
      Maka halaman itu menyatakan "Profil Pemandu diterima sehingga 11 Julai 2019 sahaja."

    @D-TX-2c.3
    Senario: Borang dibuka sebelum tengah malam tetapi dihantar selepasnya
      Diberi jam menunjukkan "11/07/2019 23:59:59"
      Dan borang caruman pemandu "e-hailing" di "semenanjung" terbuka
      Dan 1 saat berlalu
      Apabila pemohon menyerahkan "Lesen Memandu, Profil Pemandu"
      Maka permohonan ditolak

    @D-TX-2c.4
    Senario: Pembaharuan selepas hari terakhir memerlukan dokumen lain
      Diberi jam menunjukkan "20/06/2019 09:00:00"
      Dan pemandu "e-hailing" di "semenanjung" yang mencarum "bulanan" dengan "Lesen Memandu, Profil Pemandu"
      Dan 31 hari berlalu
      Apabila pencarum cuba memperbaharui dengan dokumen yang telah disimpan
      Maka halaman itu menyatakan "Profil Pemandu diterima sehingga 11 Julai 2019 sahaja."
      Apabila pencarum memperbaharui dengan "Kad PSV"
      Maka pemohon berada di halaman pilihan bank
