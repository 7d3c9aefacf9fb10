@L09
Feature: L09 Sign in: password
  The applicant checks that the "Ungkapan Rahsia" shown is theirs, types "Kata Laluan" and presses "Log Masuk".

  Background:
    Given the identity number has been sent

  @L09.1
  Scenario: Their own phrase and the right password
    Then the applicant's secret phrase is shown
    When the applicant types the password
    Then the applicant is at the choice of mode

  @L09.2
  Scenario: A wrong password
    When the applicant tries a wrong password 1 time
    Then the page says "Nombor kad pengenalan atau kata laluan tidak betul."
    And the applicant is not signed in

  @L09.3
  Scenario: Three wrong tries lock the account for 15 minutes
    Given the applicant tries a wrong password 3 times
    Then the page says "Akaun anda dikunci sementara. Sila cuba lagi selepas 15 minit."
    When the applicant tries the right password
    Then the applicant is not signed in
    When 16 minutes pass
    Then the applicant can sign in

  @L09.4
  Scenario: The phrase shown is not the applicant's
    When the applicant presses "Bukan ungkapan rahsia saya?"
    Then the applicant is at the log-in page
    And the page says "Jika ungkapan rahsia ini bukan milik anda, jangan masukkan kata laluan."
