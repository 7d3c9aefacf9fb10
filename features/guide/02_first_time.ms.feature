# language: bm
@L02
Fungsi: L02 Kali pertama
  Pemohon yang belum mempunyai akaun menekan "Kali pertama? Daftar akaun iPERKESO?". Portal menunjukkan borang akaun.

  Latar Belakang:
    Diberi halaman log masuk terbuka

  @L02.1
  Senario: Jalan ke borang akaun
    Apabila pemohon menekan "Kali pertama? Daftar akaun iPERKESO?"
    Maka pemohon berada di borang akaun
    Dan borang itu masih kosong

  @L02.2
  Senario: Seterusnya ditekan tanpa nombor kad pengenalan
    Apabila pemohon menekan "Seterusnya"
    Maka di sebelah "Nombor kad pengenalan" tertulis "Ruangan ini wajib diisi."
    Dan halaman itu menawarkan "Kali pertama? Daftar akaun iPERKESO?"

  @L02.3
  Kerangka Senario: Langkah pendaftaran dibuka sebelum borang akaun dihantar
    Apabila pemohon membuka <halaman> melalui alamatnya
    Maka pemohon berada di borang akaun

    Contoh:
      | halaman                     |
      | halaman OTP                 |
      | halaman pendaftaran berjaya |
