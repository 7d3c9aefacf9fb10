@L12
Feature: L12 Form and documents
  The applicant fills the form (L12a), uploads the documents required (L12b) and presses "Hantar & bayar" (L12c). The portal checks everything and places the order.

  Background:
    Given the contribution form is open

  @L12c @L12.1
  Scenario Outline: A complete form becomes an order of the right amount
    When the applicant sends the contribution form with plan "<plan>" for "<period>"
    Then the applicant is at the choice of bank
    And the page says "<amount>"

    Examples:
      | plan | period  | amount   |
      | 1    | bulanan | RM13.10  |
      | 2    | bulanan | RM19.40  |
      | 3    | bulanan | RM36.90  |
      | 4    | bulanan | RM49.40  |
      | 1    | tahunan | RM157.20 |
      | 2    | tahunan | RM232.80 |
      | 3    | tahunan | RM442.80 |
      | 4    | tahunan | RM592.80 |

  @L12a @L12.2
  Scenario Outline: One field of the form that is not right
    When the applicant sends the contribution form with "<field>" as "<typed>"
    Then beside "<field>" it says "<message>"
    And everything typed is still there

    Examples:
      | field                        | typed    | message                                                                                   | reason              |
      | Alamat                       |          | Ruangan ini wajib diisi.                                                                  | empty               |
      | Poskod                       | 6200     | Poskod mesti 5 digit.                                                                     | one digit short     |
      | Nombor pendaftaran kenderaan | 1234 ZZX | Nombor pendaftaran kenderaan tidak sah.                                                   | the wrong way round |
      | Nombor pendaftaran kenderaan | WXY 1234 | Nombor ini mungkin milik kenderaan sebenar. Gunakan siri contoh sandbox, contoh ZZX 1234. | a real series       |
      | Perakuan                     |          | Sila sahkan perakuan sebelum menghantar.                                                  | not ticked          |
      | Pelan                        |          | Sila pilih satu pilihan.                                                                  | no plan             |

  @L12b @L12.3
  Scenario Outline: Files that can be taken
    When the applicant uploads Lesen Memandu as <file>
    Then the applicant is at the choice of bank

    Examples:
      | file                           |
      | a JPEG picture                 |
      | a PNG picture                  |
      | a PDF of exactly two megabytes |

  @L12b @L12.4
  Scenario Outline: Files that cannot be taken
    When the applicant uploads Lesen Memandu as <file>
    Then beside "Lesen Memandu" it says "<message>"

    Examples:
      | file                            | message                                                                                                |
      | a GIF picture called a PDF      | Format fail tidak disokong. Format dibenarkan: PDF, JPG, PNG.                                          |
      | a PDF over two megabytes        | Saiz fail melebihi 2 MB.                                                                               |
      | a picture that was cut off      | Fail ini rosak atau tidak lengkap. Sila simpan atau imbas semula, kemudian muat naik.                  |
      | a PDF locked with a password    | Fail PDF ini dilindungi kata laluan. Sila muat naik salinan tanpa kata laluan.                         |
      | a picture that hides an archive | Fail ini mengandungi fail jenis lain di dalamnya. Sila imbas semula dokumen dan muat naik imbasan itu. |
      | an empty file                   | Fail gagal dimuat naik. Sila cuba lagi.                                                                |

  @L12c @L12.5
  Scenario: Hantar & bayar is pressed twice
    When the applicant sends the contribution form
    And the same form is sent once more
    Then the applicant has only one order
