@L13
Feature: L13 Pay by FPX
  The applicant chooses a bank and pays with FPX. The portal hands the applicant over to FPX and the bank, and the applicant comes back.

  Background:
    Given the contribution form has been sent

  @L13.1
  Scenario: The bank approves the payment
    When the applicant pays at "UJIAN001" as customer "1234"
    Then the payment status is "BERJAYA"
    And FPX confirms the payment to the portal directly
    And the bank has debited the amount exactly once

  @L13.2
  Scenario Outline: The bank does not approve the payment
    When the applicant pays at "<bank>" as customer "<customer>"
    Then the payment status is "<status>"
    And the page says "<message>"
    And the page does not offer "Muat turun resit"
    And the bank has debited nothing

    Examples:
      | bank     | customer | status | message                                | reason                      |
      | UJIAN001 | 5151     | GAGAL  | Bayaran ditolak: baki tidak mencukupi. | insufficient funds          |
      | TEST0022 | 1234     | GAGAL  | Bayaran ditolak: baki tidak mencukupi. | a bank that always declines |

  @L13.3
  Scenario Outline: The buyer cancels at the bank
    When the applicant cancels the payment <place>
    Then the payment status is "DIBATALKAN"
    And the page says "Bayaran dibatalkan."
    And the bank has debited nothing

    Examples:
      | place                           |
      | on the bank's sign-in page      |
      | on the bank's confirmation page |

  @L13.4
  Scenario: A wrong bank password three times
    When the applicant gives a wrong bank password three times
    Then the payment status is "GAGAL"
    And the bank has debited nothing

  @L13.5
  Scenario: A bank that is offline cannot be chosen
    Given the bank "UJIAN003" is marked offline and cannot be chosen
    When the applicant chooses the bank "UJIAN003" all the same
    Then beside "Pilih bank" it says "Bank tidak tersedia buat masa ini. Sila pilih bank lain."

  @L13.6
  Scenario: No bank is chosen
    When the applicant presses "Bayar dengan FPX"
    Then beside "Pilih bank" it says "Sila pilih satu pilihan."

  @L13.7
  Scenario: Trying again after a failure
    Given the applicant pays at "UJIAN001" as customer "5151"
    When the applicant presses "Cuba lagi"
    And the applicant pays at "CONTOH01" as customer "1234"
    Then the payment status is "BERJAYA"
    And the bank has debited the amount exactly once

  @L13.8
  Scenario: A payment is pending until its status is checked
    When the applicant pays at "UJIAN001" as customer "0909"
    Then the payment status is "MENUNGGU"
    And the page does not offer "Muat turun resit"
    When the applicant checks the status until it changes
    Then the payment status is "BERJAYA"

  @L13.9
  Scenario: The browser is closed at the bank after the payment was confirmed
    When the applicant confirms the payment at the bank and closes the browser
    Then FPX confirms the payment to the portal directly
    And after signing in again the applicant has cover and a receipt
