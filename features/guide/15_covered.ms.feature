# language: bm
@L15
Fungsi: L15 Dilindungi
  Pemohon melihat bahawa pendaftaran dan bayaran pertama telah selesai. Portal menunjukkan perlindungan, resit dan sejarah.

  @L15.1
  Senario: Perlindungan selepas bayaran pertama
    Diberi caruman telah dibayar
    Apabila pemohon menekan "Papan pemuka"
    Maka papan pemuka menunjukkan status "AKTIF"
    Dan sejarah menunjukkan 1 resit
    Dan resit daripada sejarah boleh dimuat turun

  @L15.2
  Senario: Bayaran yang gagal tidak melindungi
    Diberi borang caruman telah dihantar
    Dan pemohon membayar di "UJIAN001" sebagai pelanggan "5151"
    Apabila pemohon menekan "Papan pemuka"
    Maka papan pemuka menunjukkan status "BELUM MENCARUM"
    Dan sejarah tidak menunjukkan resit

  @L15.3
  Senario: Bayaran yang masih menunggu belum melindungi
    Diberi borang caruman telah dihantar
    Dan pemohon membayar di "UJIAN001" sebagai pelanggan "0909"
    Apabila pemohon menekan "Papan pemuka"
    Maka papan pemuka menunjukkan status "BELUM MENCARUM"
    Dan sejarah tidak menunjukkan resit

  @L15.4
  Senario: Pesanan yang belum dibayar boleh diteruskan
    Diberi borang caruman telah dihantar
    Apabila pemohon membuka papan pemuka melalui alamatnya
    Dan pemohon menekan "Teruskan bayaran"
    Maka pemohon berada di halaman pilihan bank
