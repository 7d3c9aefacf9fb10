# language: bm
@L09
Fungsi: L09 Log masuk: kata laluan
  Pemohon memastikan "Ungkapan Rahsia" yang dipaparkan ialah miliknya, menaip "Kata Laluan" dan menekan "Log Masuk".

  Latar Belakang:
    Diberi nombor kad pengenalan telah dihantar

  @L09.1
  Senario: Ungkapan sendiri dan kata laluan yang betul
    Maka ungkapan rahsia pemohon dipaparkan
    Apabila pemohon menaip kata laluannya
    Maka pemohon berada di halaman pilihan mod

  @L09.2
  Senario: Kata laluan yang salah
    Apabila pemohon cuba kata laluan yang salah 1 kali
    Maka halaman itu menyatakan "Nombor kad pengenalan atau kata laluan tidak betul."
    Dan pemohon tidak log masuk

  @L09.3
  Senario: Tiga kali salah mengunci akaun selama 15 minit
    Diberi pemohon cuba kata laluan yang salah 3 kali
    Maka halaman itu menyatakan "Akaun anda dikunci sementara. Sila cuba lagi selepas 15 minit."
    Apabila pemohon cuba kata laluan yang betul
    Maka pemohon tidak log masuk
    Apabila 16 minit berlalu
    Maka pemohon boleh log masuk

  @L09.4
  Senario: Ungkapan yang dipaparkan bukan milik pemohon
    Apabila pemohon menekan "Bukan ungkapan rahsia saya?"
    Maka pemohon berada di halaman log masuk
    Dan halaman itu menyatakan "Jika ungkapan rahsia ini bukan milik anda, jangan masukkan kata laluan."
