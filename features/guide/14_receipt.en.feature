@L14
Feature: L14 Receipt
  The applicant downloads the contribution receipt. The portal offers it once, and only once, the payment has succeeded.

  @L14.1
  Scenario: The receipt after a successful payment
    Given the contribution has been paid
    When the applicant downloads the receipt
    Then the receipt certifies the name, the amount "RM157.20", date and time of payment
    And the receipt is marked "SANDBOX"
    And the identity number on the receipt is partly hidden

  @L14.2
  Scenario: A receipt downloaded twice is the same
    Given the contribution has been paid
    When the applicant downloads the receipt
    And 2 hours pass
    Then the receipt downloaded after signing in again is the same to the byte

  @L14.3
  Scenario: No receipt for a payment that failed
    Given the contribution form has been sent
    When the applicant pays at "UJIAN001" as customer "5151"
    Then the page does not offer "Muat turun resit"
    And the address of the receipt yields nothing either

  @L14.4
  Scenario: Somebody else's receipt
    Given the contribution has been paid
    When somebody else who is signed in opens that receipt
    Then that somebody sees nothing of it
