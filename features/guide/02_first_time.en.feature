@L02
Feature: L02 First time
  An applicant without an account presses "Kali pertama? Daftar akaun iPERKESO?". The portal shows the account form.

  Background:
    Given the log-in page is open

  @L02.1
  Scenario: The way to the account form
    When the applicant presses "Kali pertama? Daftar akaun iPERKESO?"
    Then the applicant is at the account form
    And the form is still empty

  @L02.2
  Scenario: Seterusnya is pressed without an identity number
    When the applicant presses "Seterusnya"
    Then beside "Nombor kad pengenalan" it says "Ruangan ini wajib diisi."
    And the page offers "Kali pertama? Daftar akaun iPERKESO?"

  @L02.3
  Scenario Outline: A step of registration is opened before the account form is sent
    When the applicant opens <page> by its address
    Then the applicant is at the account form

    Examples:
      | page                                  |
      | the OTP page                          |
      | the page of a successful registration |
