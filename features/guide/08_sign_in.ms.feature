# language: bm
@L08
Fungsi: L08 Log masuk: nombor kad pengenalan
  Pemohon menaip nombor kad pengenalan yang didaftarkan dan menekan "Seterusnya". Portal menunjukkan halaman log masuk kedua.

  @L08.1
  Kerangka Senario: Nombor yang didaftarkan, apa jua cara menulisnya
    Diberi akaun iPERKESO telah wujud
    Apabila pemohon menaip nombor kad pengenalannya <cara>
    Maka pemohon berada di halaman log masuk kedua

    Contoh:
      | cara            |
      | dengan sengkang |
      | tanpa sengkang  |
      | dengan ruang    |

  @L08.2
  Kerangka Senario: Nombor yang bukan nombor kad pengenalan
    Diberi halaman log masuk terbuka
    Apabila pemohon cuba log masuk dengan nombor "<nombor>"
    Maka di sebelah "Nombor kad pengenalan" tertulis "<mesej>"

    Contoh:
      | nombor         | mesej                                               | sebab                |
      |                | Ruangan ini wajib diisi.                            | kosong               |
      | 12345          | Nombor kad pengenalan mesti mengandungi 12 digit    | terlalu pendek       |
      | 859912-17-5011 | Tarikh lahir dalam nombor kad pengenalan tidak sah. | tiada bulan demikian |

  @L08.3
  Senario: Nombor yang tidak dikenali tidak membocorkan siapa yang berdaftar
    Diberi halaman log masuk terbuka
    Apabila seseorang menaip nombor kad pengenalan yang belum berdaftar
    Maka halaman log masuk kedua menunjukkan satu ungkapan yang sama setiap kali
    Dan kata laluan apa pun dijawab dengan "Nombor kad pengenalan atau kata laluan tidak betul."
