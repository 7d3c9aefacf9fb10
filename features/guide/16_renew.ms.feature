# language: bm
@L16
Fungsi: L16 Memperbaharui
  Pencarum memperbaharui: L01, kemudian L08 hingga L14. Tiada akaun baharu, tiada OTP, tiada pengaktifan; pesanan, resit dan tempoh perlindungan yang baharu.

  @L11b @L16.1
  Senario: Memperbaharui selepas perlindungan tamat
    Diberi seorang pencarum yang perlindungannya telah tamat berada di papan pemuka
    Apabila pencarum memperbaharui dengan pelan "2" secara "tahunan" dan membayar
    Maka status bayaran ialah "BERJAYA"
    Dan pencarum menerima resit yang baharu
    Dan papan pemuka menunjukkan status "AKTIF" selepas itu
    Dan tiada SMS dihantar kepada pemohon

  @L16.2
  Senario: Memperbaharui lebih awal menyambung perlindungan
    Diberi pemohon dilindungi
    Apabila pencarum memperbaharui dengan pelan "1" secara "tahunan" dan membayar
    Maka status bayaran ialah "BERJAYA"
    Dan sejarah menunjukkan 2 resit selepas itu

  @L16.3
  Senario: Hanya satu pembaharuan boleh menunggu giliran
    Diberi pemohon dilindungi
    Dan pencarum memperbaharui dengan pelan "1" secara "tahunan" dan membayar
    Apabila pemohon membuka papan pemuka melalui alamatnya
    Maka halaman itu tidak membenarkan "Memperbaharui"
    Apabila pemohon membuka borang pembaharuan melalui alamatnya
    Maka halaman itu menyatakan "Anda sudah mempunyai caruman yang akan bermula pada"

  @L16.4
  Senario: Dokumen yang telah tamat tempoh mesti diganti
    Diberi seorang pencarum yang lesennya akan tamat dalam 20 hari
    Dan 40 hari berlalu
    Apabila pencarum cuba memperbaharui tanpa lesen baharu
    Maka di sebelah "Lesen Memandu" tertulis "Lesen Memandu telah tamat tempoh."
    Apabila pencarum memperbaharui dengan lesen baharu dan membayar
    Maka status bayaran ialah "BERJAYA"

  @L16.5
  Senario: Pembaharuan yang ditolak bank tidak memberi perlindungan
    Diberi seorang pencarum yang perlindungannya telah tamat berada di papan pemuka
    Apabila pencarum memperbaharui tetapi bank menolak bayaran
    Maka status bayaran ialah "GAGAL"
    Dan papan pemuka menunjukkan status "TAMAT TEMPOH" selepas itu
