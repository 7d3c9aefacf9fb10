@L10
Feature: L10 Choose the mode
  The applicant chooses the mode "Saya bekerja sendiri". The portal shows the self-employed dashboard.

  Background:
    Given the applicant is signed in

  @L10.1
  Scenario: Self-employed
    When the applicant presses "Saya bekerja sendiri"
    Then the applicant is at the dashboard
    And the page says "Pendaftaran dan Caruman"

  @L10.2
  Scenario Outline: A mode the sandbox does not provide
    Then the page does not allow "<mode>"

    Examples:
      | mode         |
      | Saya majikan |
      | Saya pekerja |

  @L10.3
  Scenario: The session ends before a mode is chosen
    Given 16 minutes pass
    When the applicant presses "Saya bekerja sendiri"
    Then the applicant is at the log-in page
    And the page says "Sesi anda telah tamat. Sila log masuk semula."

  @L10.4
  Scenario: After logging out
    Given the applicant has pressed "Log keluar"
    When the applicant opens the dashboard by its address
    Then the applicant is at the log-in page
