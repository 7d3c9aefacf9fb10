@L08
Feature: L08 Sign in: identity number
  The applicant types the registered identity-card number and presses "Seterusnya". The portal shows the second log-in page.

  @L08.1
  Scenario Outline: The registered number, however it is written
    Given the iPERKESO account exists
    When the applicant types their own identity number <way>
    Then the applicant is at the second log-in page

    Examples:
      | way             |
      | with hyphens    |
      | without hyphens |
      | with spaces     |

  @L08.2
  Scenario Outline: A number that is no identity number
    Given the log-in page is open
    When the applicant tries to sign in with the number "<number>"
    Then beside "Nombor kad pengenalan" it says "<message>"

    Examples:
      | number         | message                                             | reason        |
      |                | Ruangan ini wajib diisi.                            | empty         |
      | 12345          | Nombor kad pengenalan mesti mengandungi 12 digit    | too short     |
      | 859912-17-5011 | Tarikh lahir dalam nombor kad pengenalan tidak sah. | no such month |

  @L08.3
  Scenario: An unknown number does not give away who is registered
    Given the log-in page is open
    When somebody types an identity number that is not registered
    Then the second log-in page shows one and the same phrase each time
    And any password is answered with "Nombor kad pengenalan atau kata laluan tidak betul."
