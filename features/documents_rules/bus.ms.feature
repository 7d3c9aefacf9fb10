# language: bm
Fungsi: Dokumen pemandu bas
  Siapa yang memandu bas perlu menunjukkan lesen memandu dan lesen vokasional (Kad PSV).

  @D-BS-1
  Rule: D-BS-1 Lesen memandu yang sah sentiasa diperlukan

    @D-BS-1.1
    Senario: Tanpa lesen memandu
      Diberi borang caruman pemandu "bas" di "semenanjung" terbuka
      Apabila pemohon menyerahkan "Kad PSV"
      Maka di sebelah "Lesen Memandu" tertulis "Sila muat naik Lesen Memandu."

    @D-BS-1.2
    Kerangka Senario: Hari terakhir lesen memandu
      Diberi borang caruman pemandu "bas" di "sarawak" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu, Kad PSV"; hari terakhir "Lesen Memandu" ialah "<tamat>"
      Maka permohonan <keputusan>

      Contoh:
        | tamat      | keputusan | sebab               |
        | 15/05/2019 | diterima  | sah hingga hari ini |
        | 14/05/2019 | ditolak   | tamat semalam       |

  @D-BS-2
  Rule: D-BS-2 Lesen vokasional (Kad PSV) yang sah juga diperlukan

    @D-BS-2.1
    Kerangka Senario: Lesen memandu dan Kad PSV mencukupi di mana-mana
      Diberi borang caruman pemandu "bas" di "<wilayah>" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu, Kad PSV"
      Maka permohonan diterima

      Contoh:
        | wilayah     |
        | semenanjung |
        | sabah       |

    @D-BS-2.2
    Kerangka Senario: Tiada dokumen lain menggantikan Kad PSV
      Diberi borang caruman pemandu "bas" di "<wilayah>" terbuka
      Apabila pemohon menyerahkan "<dokumen>"
      Maka di sebelah "Kad PSV" tertulis "Sila muat naik Kad PSV."

      Contoh:
        | wilayah     | dokumen                        |
        | semenanjung | Lesen Memandu                  |
        | semenanjung | Lesen Memandu, Kad Pemandu     |
        | semenanjung | Lesen Memandu, Profil Pemandu  |
        | sabah       | Lesen Memandu, Surat Kebenaran |

    @D-BS-2.3
    Kerangka Senario: Hari terakhir Kad PSV
      Diberi borang caruman pemandu "bas" di "semenanjung" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu, Kad PSV"; hari terakhir "Kad PSV" ialah "<tamat>"
      Maka permohonan <keputusan>

      Contoh:
        | tamat      | keputusan | sebab               |
        | 15/05/2019 | diterima  | sah hingga hari ini |
        | 14/05/2019 | ditolak   | tamat semalam       |

    @D-BS-2.4
    Kerangka Senario: Umur untuk lesen vokasional
      Diberi borang caruman pemandu "bas" yang lahir pada "<lahir>" terbuka
      Apabila pemohon menyerahkan "Lesen Memandu, Kad PSV"
      Maka permohonan <keputusan>

      Contoh:
        | lahir      | keputusan | sebab                   |
        | 15/05/1998 | diterima  | genap 21 tahun hari ini |
        | 16/05/1998 | ditolak   | genap 21 tahun esok     |
