@L06
Feature: L06 Activate the account
  The applicant opens the mail and presses "disini" (L06a) or the address printed under it (L06b). The portal opens where activation is completed.

  Background:
    Given the activation mail has arrived

  @L06a @L06.1
  Scenario: The word disini is pressed
    When the applicant presses "disini" in the mail and goes on with the activation
    Then the applicant is at the page of phrase and password

  @L06b @L06.2
  Scenario: The printed address is opened
    When the applicant opens the address printed in the mail and goes on with the activation
    Then the applicant is at the page of phrase and password

  @L06.3
  Scenario: A link that was only looked at is not used up
    Given a mail scanner has visited the link 3 times
    When the applicant presses "disini" in the mail and goes on with the activation
    Then the applicant is at the page of phrase and password

  @L06.4
  Scenario: A link that was used
    Given the applicant has set phrase and password
    When the applicant opens the link once more
    Then the page says "Pautan ini tidak sah atau telah digunakan."

  @L06.5
  Scenario: A link that has expired
    Given 25 hours pass
    When the applicant opens the link once more
    Then the page says "Pautan verifikasi telah tamat tempoh. Sila minta pautan baharu."
    And the page offers "Hantar semula pautan"

  @L06.6
  Scenario: A link that was tampered with
    When the applicant opens the link with one character changed
    Then the page says "Pautan ini tidak sah atau telah digunakan."
