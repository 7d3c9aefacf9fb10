@L01
Feature: L01 Open the portal
  The applicant opens the portal and presses "Log masuk". The portal shows the log-in page.

  @L01.1
  Scenario: Log masuk is pressed on the home page
    When the applicant opens the portal and presses "Log masuk"
    Then the applicant is at the log-in page
    And the page asks for "Nombor kad pengenalan"
    And the page is marked SANDBOX

  @L01.2
  Scenario Outline: An inner page is opened without signing in
    When the applicant opens <page> by its address
    Then the applicant is at the log-in page

    Examples:
      | page                  |
      | the dashboard         |
      | the contribution form |
      | the choice of bank    |

  @L01.3
  Scenario: An address that does not exist
    When the applicant opens an address that does not exist
    Then the page says "Halaman tidak dijumpai"
    And the page is marked SANDBOX
