@L16
Feature: L16 Renew
  The contributor renews: L01, then L08 to L14. No new account, no OTP, no activation; a new order, a new receipt and a new period of cover.

  @L11b @L16.1
  Scenario: Renewing after cover has ended
    Given a contributor whose cover has ended is at the dashboard
    When the contributor renews with plan "2" for "tahunan" and pays
    Then the payment status is "BERJAYA"
    And the contributor receives a new receipt
    And the dashboard shows the status "AKTIF" afterwards
    And no SMS is sent to the applicant

  @L16.2
  Scenario: Renewing early continues the cover
    Given the applicant is covered
    When the contributor renews with plan "1" for "tahunan" and pays
    Then the payment status is "BERJAYA"
    And the history shows 2 receipts afterwards

  @L16.3
  Scenario: Only one renewal can wait its turn
    Given the applicant is covered
    And the contributor renews with plan "1" for "tahunan" and pays
    When the applicant opens the dashboard by its address
    Then the page does not allow "Memperbaharui"
    When the applicant opens the renewal form by its address
    Then the page says "Anda sudah mempunyai caruman yang akan bermula pada"

  @L16.4
  Scenario: A document that has expired must be replaced
    Given a contributor whose licence ends in 20 days
    And 40 days pass
    When the contributor tries to renew without a new licence
    Then beside "Lesen Memandu" it says "Lesen Memandu telah tamat tempoh."
    When the contributor renews with a new licence and pays
    Then the payment status is "BERJAYA"

  @L16.5
  Scenario: A renewal the bank declines gives no cover
    Given a contributor whose cover has ended is at the dashboard
    When the contributor renews but the bank declines the payment
    Then the payment status is "GAGAL"
    And the dashboard shows the status "TAMAT TEMPOH" afterwards
