# language: bm
@L05
Fungsi: L05 Pendaftaran berjaya
  Pemohon membaca mesej bahawa pendaftaran berjaya. Portal menghantar pautan verifikasi ke alamat emel yang diberi.

  Latar Belakang:
    Diberi nombor telefon telah disahkan

  @L05.1
  Senario: Mesej berjaya dan emel pengaktifan
    Maka halaman itu menyatakan "Pendaftaran berjaya. Pautan verifikasi telah dihantar ke emel anda."
    Dan emel pemohon menerima pautan di bawah perkataan "disini" dan alamat yang sama di bawahnya
    Dan emel itu bertanda SANDBOX

  @L05.2
  Senario: Emel tidak sampai, lalu pautan dihantar semula
    Diberi emel pengaktifan yang pertama dipadam tanpa dibuka
    Dan 61 saat berlalu
    Apabila pemohon menekan "Hantar semula pautan"
    Maka halaman itu menyatakan "Pautan verifikasi baharu telah dihantar ke emel anda."
    Dan emel pemohon menerima pautan di bawah perkataan "disini" dan alamat yang sama di bawahnya

  @L05.3
  Senario: Log masuk sebelum akaun diaktifkan
    Apabila pemohon cuba log masuk sebelum akaun diaktifkan
    Maka di sebelah "Nombor kad pengenalan" tertulis "Akaun belum diaktifkan. Sila semak emel anda."
    Dan pemohon tidak log masuk
