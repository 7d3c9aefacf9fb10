# language: bm
@L07
Fungsi: L07 Tetapkan ungkapan rahsia dan kata laluan
  Pemohon mengisi "Ungkapan Rahsia", "Kata Laluan" dan "Pengesahan Kata Laluan" lalu menekan "Seterusnya". Akaun iPERKESO pun wujud.

  Latar Belakang:
    Diberi pautan pengaktifan telah dibuka

  @L07.1
  Senario: Ungkapan dan kata laluan yang baik
    Apabila pemohon menetapkan ungkapan rahsia dan kata laluan
    Maka pemohon berada di halaman log masuk
    Dan halaman itu menyatakan "Akaun anda telah diaktifkan. Sila log masuk."
    Dan pemohon boleh log masuk

  @L07.2
  Kerangka Senario: Ungkapan atau kata laluan yang tidak diterima
    Apabila pemohon cuba ungkapan "<ungkapan>" dan kata laluan "<kata laluan>" yang disahkan sebagai "<pengesahan>"
    Maka di sebelah "<ruangan>" tertulis "<mesej>"

    Contoh:
      | ungkapan       | kata laluan | pengesahan  | ruangan                | mesej                                                 | sebab                |
      |                | Roda#2019ab | Roda#2019ab | Ungkapan Rahsia        | Ruangan ini wajib diisi.                              | tiada ungkapan       |
      | biru           | Roda#2019ab | Roda#2019ab | Ungkapan Rahsia        | Ungkapan Rahsia mesti 6 hingga 40 aksara              | terlalu pendek       |
      | payung-biru!   | Roda#2019ab | Roda#2019ab | Ungkapan Rahsia        | Ungkapan Rahsia hanya boleh mengandungi huruf         | tanda baca           |
      | payung biru 21 | roda#2019ab | roda#2019ab | Kata Laluan            | Kata laluan mesti sekurang-kurangnya 8 aksara         | tiada huruf besar    |
      | payung biru 21 | Ro#1a       | Ro#1a       | Kata Laluan            | Kata laluan mesti sekurang-kurangnya 8 aksara         | terlalu pendek       |
      | payung biru 21 | Roda#2019ab | Roda#2019ac | Pengesahan Kata Laluan | Kata Laluan dan Pengesahan Kata Laluan tidak sepadan. | pengesahan berlainan |

  @L07.3
  Senario: Nombor kad pengenalan dijadikan kata laluan
    Apabila pemohon cuba nombor kad pengenalannya sebagai kata laluan
    Maka di sebelah "Kata Laluan" tertulis "Kata laluan tidak boleh mengandungi nombor kad pengenalan"
