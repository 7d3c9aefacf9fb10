# language: bm
@L03
Fungsi: L03 Daftar akaun
  Pemohon mengisi borang akaun dan menekan "Seterusnya". Portal menyemak borang dan menyimpan akaun yang belum aktif.

  Latar Belakang:
    Diberi borang akaun terbuka

  @L03.1
  Senario: Borang yang lengkap
    Apabila pemohon menghantar borang akaun
    Maka pemohon berada di halaman OTP
    Dan halaman itu menyebut nombor telefon pemohon yang ditutup sebahagiannya

  @L03.2
  Kerangka Senario: Satu ruangan yang tidak betul
    Apabila pemohon menghantar borang akaun dengan "<ruangan>" sebagai "<ditaip>"
    Maka di sebelah "<ruangan>" tertulis "<mesej>"
    Dan segala yang ditaip masih ada

    Contoh:
      | ruangan               | ditaip                | mesej                                                                         | sebab                   |
      | Nama penuh            |                       | Ruangan ini wajib diisi.                                                      | kosong                  |
      | Nama penuh            | 12345                 | Sila masukkan nama penuh seperti dalam kad pengenalan.                        | bukan nama              |
      | Nombor kad pengenalan | 850312-17-501         | Nombor kad pengenalan mesti mengandungi 12 digit                              | kurang satu digit       |
      | Nombor kad pengenalan | 851312-17-5011        | Tarikh lahir dalam nombor kad pengenalan tidak sah.                           | bulan ketiga belas      |
      | Nombor kad pengenalan | 850312-00-5011        | Kod tempat lahir tidak sah.                                                   | kod tempat yang tiada   |
      | Nombor kad pengenalan | 850312-14-5011        | Nombor ini mungkin milik orang sebenar. Gunakan nombor contoh sandbox sahaja. | kod tempat yang sebenar |
      | Emel                  | bukan-emel            | Format emel tidak sah.                                                        | tiada tanda @           |
      | Sahkan emel           | lain.lagi@example.com | Emel dan pengesahan emel tidak sepadan.                                       | alamat yang lain        |
      | Nombor telefon bimbit | 03-2000 0000          | Nombor telefon bimbit tidak sah. Contoh: 011-0123 4567.                       | nombor telefon tetap    |

  @L03.3
  Senario: Persetujuan tidak ditanda
    Apabila pemohon menghantar borang akaun tanpa persetujuan
    Maka di sebelah "Persetujuan" tertulis "Sila beri persetujuan sebelum meneruskan."
    Dan segala yang ditaip masih ada

  @L03.4
  Kerangka Senario: Milik akaun yang telah wujud
    Diberi orang lain telah mempunyai akaun dengan "<ruangan>" yang sama
    Apabila pemohon cuba menghantar borang akaun
    Maka di sebelah "<ruangan>" tertulis "<mesej>"

    Contoh:
      | ruangan               | mesej                                                        |
      | Nombor kad pengenalan | Nombor kad pengenalan ini telah didaftarkan. Sila log masuk. |
      | Emel                  | Emel ini telah digunakan.                                    |
