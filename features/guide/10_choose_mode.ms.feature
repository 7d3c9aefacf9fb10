# language: bm
@L10
Fungsi: L10 Pilih mod
  Pemohon memilih mod "Saya bekerja sendiri". Portal menunjukkan papan pemuka pekerjaan sendiri.

  Latar Belakang:
    Diberi pemohon telah log masuk

  @L10.1
  Senario: Bekerja sendiri
    Apabila pemohon menekan "Saya bekerja sendiri"
    Maka pemohon berada di papan pemuka
    Dan halaman itu menyatakan "Pendaftaran dan Caruman"

  @L10.2
  Kerangka Senario: Mod yang tidak disediakan dalam sandbox
    Maka halaman itu tidak membenarkan "<mod>"

    Contoh:
      | mod          |
      | Saya majikan |
      | Saya pekerja |

  @L10.3
  Senario: Sesi tamat sebelum mod dipilih
    Diberi 16 minit berlalu
    Apabila pemohon menekan "Saya bekerja sendiri"
    Maka pemohon berada di halaman log masuk
    Dan halaman itu menyatakan "Sesi anda telah tamat. Sila log masuk semula."

  @L10.4
  Senario: Selepas log keluar
    Diberi pemohon telah menekan "Log keluar"
    Apabila pemohon membuka papan pemuka melalui alamatnya
    Maka pemohon berada di halaman log masuk
