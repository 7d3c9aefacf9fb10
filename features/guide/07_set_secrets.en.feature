@L07
Feature: L07 Set phrase and password
  The applicant fills "Ungkapan Rahsia", "Kata Laluan" and "Pengesahan Kata Laluan" and presses "Seterusnya". The iPERKESO account exists.

  Background:
    Given the activation link has been followed

  @L07.1
  Scenario: A good phrase and password
    When the applicant sets phrase and password
    Then the applicant is at the log-in page
    And the page says "Akaun anda telah diaktifkan. Sila log masuk."
    And the applicant can sign in

  @L07.2
  Scenario Outline: A phrase or password that is not accepted
    When the applicant tries the phrase "<phrase>" and the password "<password>" confirmed as "<confirmation>"
    Then beside "<field>" it says "<message>"

    Examples:
      | phrase         | password    | confirmation | field                  | message                                               | reason               |
      |                | Roda#2019ab | Roda#2019ab  | Ungkapan Rahsia        | Ruangan ini wajib diisi.                              | no phrase            |
      | biru           | Roda#2019ab | Roda#2019ab  | Ungkapan Rahsia        | Ungkapan Rahsia mesti 6 hingga 40 aksara              | too short            |
      | payung-biru!   | Roda#2019ab | Roda#2019ab  | Ungkapan Rahsia        | Ungkapan Rahsia hanya boleh mengandungi huruf         | punctuation          |
      | payung biru 21 | roda#2019ab | roda#2019ab  | Kata Laluan            | Kata laluan mesti sekurang-kurangnya 8 aksara         | no capital letter    |
      | payung biru 21 | Ro#1a       | Ro#1a        | Kata Laluan            | Kata laluan mesti sekurang-kurangnya 8 aksara         | too short            |
      | payung biru 21 | Roda#2019ab | Roda#2019ac  | Pengesahan Kata Laluan | Kata Laluan dan Pengesahan Kata Laluan tidak sepadan. | confirmation differs |

  @L07.3
  Scenario: The identity number as a password
    When the applicant tries their own identity number as the password
    Then beside "Kata Laluan" it says "Kata laluan tidak boleh mengandungi nombor kad pengenalan"
