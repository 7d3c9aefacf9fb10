@L11
Feature: L11 Dashboard
  On the panel "Pendaftaran dan Caruman" the applicant presses "Daftar" (L11a), or "Memperbaharui" to renew (L11b). The portal shows the form.

  @L11a @L11.1
  Scenario: Registering for the first time
    Given the dashboard is open
    Then the dashboard shows the status "BELUM MENCARUM"
    When the applicant presses "Daftar"
    Then the applicant is at the contribution form

  @L11b @L11.2
  Scenario: Renewing after cover has ended
    Given a contributor whose cover has ended is at the dashboard
    Then the dashboard shows the status "TAMAT TEMPOH"
    When the applicant presses "Memperbaharui"
    Then the applicant is at the renewal form

  @L11b @L11.3
  Scenario: Renewing before ever having contributed
    Given the dashboard is open
    Then the page does not allow "Memperbaharui"
    When the applicant opens the renewal form by its address
    Then the applicant is at the dashboard
    And the page says "Anda belum berdaftar. Sila klik Daftar dahulu."

  @L11a @L11.4
  Scenario: Registering a second time
    Given the applicant is covered
    Then the page does not allow "Daftar"
    When the applicant opens the contribution form by its address
    Then the applicant is at the dashboard
    And the page says "Anda telah berdaftar. Sila klik Memperbaharui."
