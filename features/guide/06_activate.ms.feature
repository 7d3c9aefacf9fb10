# language: bm
@L06
Fungsi: L06 Aktifkan akaun
  Pemohon membuka emel dan menekan "disini" (L06a) atau alamat yang tercetak di bawahnya (L06b). Portal terbuka untuk melengkapkan pengaktifan.

  Latar Belakang:
    Diberi emel pengaktifan telah diterima

  @L06a @L06.1
  Senario: Perkataan disini ditekan
    Apabila pemohon menekan "disini" dalam emel dan meneruskan pengaktifan
    Maka pemohon berada di halaman ungkapan rahsia dan kata laluan

  @L06b @L06.2
  Senario: Alamat yang tercetak dibuka
    Apabila pemohon membuka alamat yang tercetak dalam emel dan meneruskan pengaktifan
    Maka pemohon berada di halaman ungkapan rahsia dan kata laluan

  @L06.3
  Senario: Pautan yang hanya dilihat tidak terpakai
    Diberi pengimbas emel telah melawat pautan itu 3 kali
    Apabila pemohon menekan "disini" dalam emel dan meneruskan pengaktifan
    Maka pemohon berada di halaman ungkapan rahsia dan kata laluan

  @L06.4
  Senario: Pautan yang telah digunakan
    Diberi pemohon telah menetapkan ungkapan rahsia dan kata laluan
    Apabila pemohon membuka pautan itu sekali lagi
    Maka halaman itu menyatakan "Pautan ini tidak sah atau telah digunakan."

  @L06.5
  Senario: Pautan yang tamat tempoh
    Diberi 25 jam berlalu
    Apabila pemohon membuka pautan itu sekali lagi
    Maka halaman itu menyatakan "Pautan verifikasi telah tamat tempoh. Sila minta pautan baharu."
    Dan halaman itu menawarkan "Hantar semula pautan"

  @L06.6
  Senario: Pautan yang diubah
    Apabila pemohon membuka pautan yang telah diubah satu aksara
    Maka halaman itu menyatakan "Pautan ini tidak sah atau telah digunakan."
