# language: bm
@L12
Fungsi: L12 Borang dan dokumen
  Pemohon mengisi borang (L12a), memuat naik dokumen yang diperlukan (L12b) dan menekan "Hantar & bayar" (L12c). Portal menyemak semuanya dan membuat pesanan.

  Latar Belakang:
    Diberi borang caruman terbuka

  @L12c @L12.1
  Kerangka Senario: Borang yang lengkap menjadi pesanan dengan amaun yang betul
    Apabila pemohon menghantar borang caruman dengan pelan "<pelan>" secara "<tempoh>"
    Maka pemohon berada di halaman pilihan bank
    Dan halaman itu menyatakan "<amaun>"

    Contoh:
      | pelan | tempoh  | amaun    |
      | 1     | bulanan | RM13.10  |
      | 2     | bulanan | RM19.40  |
      | 3     | bulanan | RM36.90  |
      | 4     | bulanan | RM49.40  |
      | 1     | tahunan | RM157.20 |
      | 2     | tahunan | RM232.80 |
      | 3     | tahunan | RM442.80 |
      | 4     | tahunan | RM592.80 |

  @L12a @L12.2
  Kerangka Senario: Satu ruangan borang yang tidak betul
    Apabila pemohon menghantar borang caruman dengan "<ruangan>" sebagai "<ditaip>"
    Maka di sebelah "<ruangan>" tertulis "<mesej>"
    Dan segala yang ditaip masih ada

    Contoh:
      | ruangan                      | ditaip   | mesej                                                                                     | sebab             |
      | Alamat                       |          | Ruangan ini wajib diisi.                                                                  | kosong            |
      | Poskod                       | 6200     | Poskod mesti 5 digit.                                                                     | kurang satu digit |
      | Nombor pendaftaran kenderaan | 1234 ZZX | Nombor pendaftaran kenderaan tidak sah.                                                   | terbalik          |
      | Nombor pendaftaran kenderaan | WXY 1234 | Nombor ini mungkin milik kenderaan sebenar. Gunakan siri contoh sandbox, contoh ZZX 1234. | siri sebenar      |
      | Perakuan                     |          | Sila sahkan perakuan sebelum menghantar.                                                  | tidak ditanda     |
      | Pelan                        |          | Sila pilih satu pilihan.                                                                  | tiada pelan       |

  @L12b @L12.3
  Kerangka Senario: Fail yang boleh diterima
    Apabila pemohon memuat naik Lesen Memandu sebagai <fail>
    Maka pemohon berada di halaman pilihan bank

    Contoh:
      | fail                           |
      | gambar JPEG                    |
      | gambar PNG                     |
      | PDF sebesar tepat dua megabait |

  @L12b @L12.4
  Kerangka Senario: Fail yang tidak boleh diterima
    Apabila pemohon memuat naik Lesen Memandu sebagai <fail>
    Maka di sebelah "Lesen Memandu" tertulis "<mesej>"

    Contoh:
      | fail                             | mesej                                                                                                  |
      | gambar GIF yang dinamakan PDF    | Format fail tidak disokong. Format dibenarkan: PDF, JPG, PNG.                                          |
      | PDF yang melebihi dua megabait   | Saiz fail melebihi 2 MB.                                                                               |
      | gambar yang terpotong            | Fail ini rosak atau tidak lengkap. Sila simpan atau imbas semula, kemudian muat naik.                  |
      | PDF yang berkunci kata laluan    | Fail PDF ini dilindungi kata laluan. Sila muat naik salinan tanpa kata laluan.                         |
      | gambar yang menyembunyikan arkib | Fail ini mengandungi fail jenis lain di dalamnya. Sila imbas semula dokumen dan muat naik imbasan itu. |
      | fail kosong                      | Fail gagal dimuat naik. Sila cuba lagi.                                                                |

  @L12c @L12.5
  Senario: Hantar dan bayar ditekan dua kali
    Apabila pemohon menghantar borang caruman
    Dan borang yang sama dihantar sekali lagi
    Maka pemohon mempunyai satu pesanan sahaja
