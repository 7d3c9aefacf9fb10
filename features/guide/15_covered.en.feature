@L15
Feature: L15 Covered
  The applicant sees that first registration and payment are complete. The portal shows cover, receipt and history.

  @L15.1
  Scenario: Cover after the first payment
    Given the contribution has been paid
    When the applicant presses "Papan pemuka"
    Then the dashboard shows the status "AKTIF"
    And the history shows 1 receipt
    And the receipt in the history can be downloaded

  @L15.2
  Scenario: A payment that failed does not cover
    Given the contribution form has been sent
    And the applicant pays at "UJIAN001" as customer "5151"
    When the applicant presses "Papan pemuka"
    Then the dashboard shows the status "BELUM MENCARUM"
    And the history shows no receipt

  @L15.3
  Scenario: A payment still pending does not cover yet
    Given the contribution form has been sent
    And the applicant pays at "UJIAN001" as customer "0909"
    When the applicant presses "Papan pemuka"
    Then the dashboard shows the status "BELUM MENCARUM"
    And the history shows no receipt

  @L15.4
  Scenario: An order not yet paid can be taken up again
    Given the contribution form has been sent
    When the applicant opens the dashboard by its address
    And the applicant presses "Teruskan bayaran"
    Then the applicant is at the choice of bank
