# language: bm
@L01
Fungsi: L01 Buka portal
  Pemohon membuka portal dan menekan "Log masuk". Portal menunjukkan halaman log masuk.

  @L01.1
  Senario: Log masuk ditekan di laman utama
    Apabila pemohon membuka portal dan menekan "Log masuk"
    Maka pemohon berada di halaman log masuk
    Dan halaman itu meminta "Nombor kad pengenalan"
    Dan halaman itu bertanda SANDBOX

  @L01.2
  Kerangka Senario: Halaman dalaman dibuka tanpa log masuk
    Apabila pemohon membuka <halaman> melalui alamatnya
    Maka pemohon berada di halaman log masuk

    Contoh:
      | halaman              |
      | papan pemuka         |
      | borang caruman       |
      | halaman pilihan bank |

  @L01.3
  Senario: Alamat yang tidak wujud
    Apabila pemohon membuka alamat yang tidak wujud
    Maka halaman itu menyatakan "Halaman tidak dijumpai"
    Dan halaman itu bertanda SANDBOX
