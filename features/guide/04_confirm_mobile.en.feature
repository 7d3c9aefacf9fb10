@L04
Feature: L04 Confirm the mobile number
  The portal has sent the OTP by SMS. The applicant types that OTP and presses "Seterusnya".

  Background:
    Given the account form has been sent

  @L04.1
  Scenario: The OTP received is typed
    When the applicant types the OTP of the newest SMS
    Then the applicant is at the page of a successful registration

  @L04.2
  Scenario: A wrong OTP
    When the applicant types a wrong OTP
    Then beside "Nombor OTP" it says "Kod OTP tidak betul. Anda ada 2 percubaan lagi."

  @L04.3
  Scenario: Three wrong tries kill the OTP
    Given the applicant has typed a wrong OTP 3 times
    When the applicant tries the right OTP
    Then the applicant is still at the OTP page
    And the page offers "Hantar semula OTP"

  @L04.4
  Scenario: An expired OTP is replaced by a new one
    Given 301 seconds pass
    When the applicant tries the right OTP
    Then beside "Nombor OTP" it says "Kod OTP telah tamat tempoh. Sila minta kod baharu."
    When the applicant presses "Hantar semula OTP"
    And the applicant types the OTP of the newest SMS
    Then the applicant is at the page of a successful registration

  @L04.5
  Scenario: The old OTP is not taken once a new one is sent
    Given 61 seconds pass
    And the applicant has kept the first OTP
    When the applicant presses "Hantar semula OTP"
    And the applicant tries the first OTP
    Then the applicant is still at the OTP page

  @L04.6
  Scenario: A new OTP is asked for too early
    When the applicant presses "Hantar semula OTP"
    Then the page says "Kod baharu boleh diminta selepas"
    And the applicant's phone receives only one SMS
