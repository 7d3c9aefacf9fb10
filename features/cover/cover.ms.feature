# language: bm
Fungsi: Perlindungan dan resit
  Caruman membeli tempoh perlindungan. Resit memperakui bila ia dibayar; perlindungan bermula pada saat itu.

  @C-1
  Rule: C-1 Perlindungan boleh dibeli secara bulanan atau tahunan

    @C-1.1
    Kerangka Senario: Hari terakhir perlindungan
      Diberi jam menunjukkan "<dibayar>"
      Apabila pemohon membayar caruman "<tempoh>"
      Maka perlindungan tamat pada "<tamat>"

      Contoh:
        | dibayar             | tempoh  | tamat               | sebab                              |
        | 15/05/2019 10:32:07 | bulanan | 14/06/2019 23:59:59 | hari biasa                         |
        | 15/05/2019 10:32:07 | tahunan | 14/05/2020 23:59:59 | hari biasa                         |
        | 01/05/2019 00:00:01 | bulanan | 31/05/2019 23:59:59 | hari pertama bulan                 |
        | 31/01/2019 09:00:00 | bulanan | 28/02/2019 23:59:59 | Februari lebih pendek              |
        | 30/01/2019 09:00:00 | bulanan | 28/02/2019 23:59:59 | Februari lebih pendek              |
        | 31/01/2020 09:00:00 | bulanan | 29/02/2020 23:59:59 | tahun lompat                       |
        | 29/02/2020 12:00:00 | tahunan | 28/02/2021 23:59:59 | tiada 29 Februari setahun kemudian |
        | 31/12/2019 08:00:00 | bulanan | 30/01/2020 23:59:59 | merentas tahun                     |
        | 11/07/2019 23:59:59 | tahunan | 10/07/2020 23:59:59 | saat terakhir hari itu             |

  @C-2
  Rule: C-2 Perlindungan bermula pada tarikh dan masa caruman dibayar

    @C-2.1
    Senario: Bermula pada saat bayaran
      Diberi jam menunjukkan "15/05/2019 10:32:07"
      Apabila pemohon membayar caruman "tahunan"
      Maka perlindungan bermula pada "15/05/2019 10:32:07"

    @C-2.2
    Senario: Pembaharuan awal beratur selepas tempoh semasa
      Diberi pemohon telah membayar caruman "bulanan" pada "15/05/2019 10:32:07"
      Dan jam menunjukkan "01/06/2019 08:00:00"
      Apabila pencarum memperbaharui "bulanan" dan membayar
      Maka perlindungan bermula pada "15/06/2019 00:00:00"
      Dan perlindungan tamat pada "14/07/2019 23:59:59"

    @C-2.3
    Senario: Pembaharuan lewat meninggalkan jurang tanpa perlindungan
      Diberi pemohon telah membayar caruman "bulanan" pada "15/05/2019 10:32:07"
      Dan jam menunjukkan "20/06/2019 08:00:00"
      Apabila pencarum memperbaharui "bulanan" dan membayar
      Maka perlindungan bermula pada "20/06/2019 08:00:00"
      Dan papan pemuka menunjukkan "Tiada perlindungan" antara dua tempoh itu

    @C-2.4
    Kerangka Senario: Saat terakhir perlindungan
      Diberi pemohon telah membayar caruman "bulanan" pada "15/05/2019 10:32:07"
      Dan jam menunjukkan "<masa>"
      Maka status perlindungan selepas log masuk semula ialah "<status>"

      Contoh:
        | masa                | status       | sebab                   |
        | 07/06/2019 09:00:00 | AKAN TAMAT   | tujuh hari lagi         |
        | 06/06/2019 09:00:00 | AKTIF        | lapan hari lagi         |
        | 14/06/2019 23:59:59 | AKAN TAMAT   | saat terakhir           |
        | 15/06/2019 00:00:00 | TAMAT TEMPOH | saat pertama selepasnya |

  @C-3
  Rule: C-3 Resit memperakui bayaran itu, dengan tarikh dan masanya

    @C-3.1
    Senario: Tarikh dan masa pada resit
      Diberi jam menunjukkan "15/05/2019 10:32:07"
      Apabila pemohon membayar caruman "bulanan"
      Maka resit memperakui bayaran pada "15/05/2019 10:32:07"
      Dan resit bercetak menyebut "RM13.10"

    @C-3.2
    Senario: Resit pembaharuan awal menyebut masa bayaran dan tempoh akan datang
      Diberi pemohon telah membayar caruman "bulanan" pada "15/05/2019 10:32:07"
      Dan jam menunjukkan "01/06/2019 08:00:00"
      Apabila pencarum memperbaharui "bulanan" dan membayar
      Maka resit memperakui bayaran pada "01/06/2019 08:00:00"
      Dan perlindungan bermula pada "15/06/2019 00:00:00"

  @C-4
  Rule: C-4 Skim berkuat kuasa mulai 1 Jun 2017; tiada perlindungan sebelumnya

    @C-4.1
    Senario: Sehari sebelum skim bermula
      Diberi jam menunjukkan "31/05/2017 23:59:59"
      Maka pemohon tidak boleh membeli perlindungan
      Dan halaman itu menyatakan "Skim ini berkuat kuasa mulai 1 Jun 2017. Tiada perlindungan sebelum tarikh itu."

    @C-4.2
    Senario: Saat pertama skim
      Diberi jam menunjukkan "01/06/2017 00:00:00"
      Apabila pemohon membayar caruman "bulanan"
      Maka perlindungan bermula pada "01/06/2017 00:00:00"

  @C-5
  Rule: C-5 Sesiapa yang ada soalan menemui tempat bertanya di setiap halaman

    @C-5.1
    Kerangka Senario: Tempat bertanya di halaman yang terbuka
      Apabila pemohon membuka <halaman> melalui alamatnya
      Maka halaman itu menyatakan siapa yang boleh ditanya

      Contoh:
        | halaman           |
        | laman utama       |
        | halaman log masuk |
        | borang akaun      |

    @C-5.2
    Senario: Tempat bertanya di setiap halaman perjalanan
      Apabila pemohon melalui semua langkah daripada laman utama hingga resit
      Maka setiap halaman portal yang dilihat menyatakan siapa yang boleh ditanya

    @C-5.3
    Senario: Tempat bertanya apabila halaman tidak dijumpai
      Apabila pemohon membuka alamat yang tidak wujud
      Maka halaman itu menyatakan siapa yang boleh ditanya
