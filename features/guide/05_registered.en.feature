@L05
Feature: L05 Registered
  The applicant reads the message that registration succeeded. The portal sends the verification link to the e-mail address given.

  Background:
    Given the mobile number has been confirmed

  @L05.1
  Scenario: The message of success and the activation mail
    Then the page says "Pendaftaran berjaya. Pautan verifikasi telah dihantar ke emel anda."
    And the applicant's mailbox receives a link behind the word "disini" and the same address under it
    And the mail is marked SANDBOX

  @L05.2
  Scenario: The mail does not arrive, so the link is sent again
    Given the first activation mail is thrown away unopened
    And 61 seconds pass
    When the applicant presses "Hantar semula pautan"
    Then the page says "Pautan verifikasi baharu telah dihantar ke emel anda."
    And the applicant's mailbox receives a link behind the word "disini" and the same address under it

  @L05.3
  Scenario: Signing in before the account is activated
    When the applicant tries to sign in before the account is activated
    Then beside "Nombor kad pengenalan" it says "Akaun belum diaktifkan. Sila semak emel anda."
    And the applicant is not signed in
