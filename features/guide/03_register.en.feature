@L03
Feature: L03 Register an account
  The applicant fills the account form and presses "Seterusnya". The portal checks the form and keeps the pending account.

  Background:
    Given the account form is open

  @L03.1
  Scenario: A complete form
    When the applicant sends the account form
    Then the applicant is at the OTP page
    And the page names the applicant's mobile number, partly hidden

  @L03.2
  Scenario Outline: One field that is not right
    When the applicant sends the account form with "<field>" as "<typed>"
    Then beside "<field>" it says "<message>"
    And everything typed is still there

    Examples:
      | field                 | typed                 | message                                                                       | reason             |
      | Nama penuh            |                       | Ruangan ini wajib diisi.                                                      | empty              |
      | Nama penuh            | 12345                 | Sila masukkan nama penuh seperti dalam kad pengenalan.                        | not a name         |
      | Nombor kad pengenalan | 850312-17-501         | Nombor kad pengenalan mesti mengandungi 12 digit                              | one digit short    |
      | Nombor kad pengenalan | 851312-17-5011        | Tarikh lahir dalam nombor kad pengenalan tidak sah.                           | a thirteenth month |
      | Nombor kad pengenalan | 850312-00-5011        | Kod tempat lahir tidak sah.                                                   | no such place code |
      | Nombor kad pengenalan | 850312-14-5011        | Nombor ini mungkin milik orang sebenar. Gunakan nombor contoh sandbox sahaja. | a real place code  |
      | Emel                  | bukan-emel            | Format emel tidak sah.                                                        | no @ sign          |
      | Sahkan emel           | lain.lagi@example.com | Emel dan pengesahan emel tidak sepadan.                                       | another address    |
      | Nombor telefon bimbit | 03-2000 0000          | Nombor telefon bimbit tidak sah. Contoh: 011-0123 4567.                       | a fixed line       |

  @L03.3
  Scenario: Consent is not ticked
    When the applicant sends the account form without consent
    Then beside "Persetujuan" it says "Sila beri persetujuan sebelum meneruskan."
    And everything typed is still there

  @L03.4
  Scenario Outline: It belongs to an account that exists
    Given somebody else already has an account with the same "<field>"
    When the applicant tries to send the account form
    Then beside "<field>" it says "<message>"

    Examples:
      | field                 | message                                                      |
      | Nombor kad pengenalan | Nombor kad pengenalan ini telah didaftarkan. Sila log masuk. |
      | Emel                  | Emel ini telah digunakan.                                    |
