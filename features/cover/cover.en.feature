Feature: Cover and receipt
  A contribution buys a period of cover. The receipt certifies when it was paid; cover starts at that moment.

  @C-1
  Rule: C-1 Cover may be monthly or yearly

    @C-1.1
    Scenario Outline: The last day of cover
      Given the clock says "<paid>"
      When the applicant pays a "<period>" contribution
      Then cover ends on "<ends>"

      Examples:
        | paid                | period  | ends                | reason                      |
        | 15/05/2019 10:32:07 | bulanan | 14/06/2019 23:59:59 | an ordinary day             |
        | 15/05/2019 10:32:07 | tahunan | 14/05/2020 23:59:59 | an ordinary day             |
        | 01/05/2019 00:00:01 | bulanan | 31/05/2019 23:59:59 | the first of a month        |
        | 31/01/2019 09:00:00 | bulanan | 28/02/2019 23:59:59 | February is shorter         |
        | 30/01/2019 09:00:00 | bulanan | 28/02/2019 23:59:59 | February is shorter         |
        | 31/01/2020 09:00:00 | bulanan | 29/02/2020 23:59:59 | a leap year                 |
        | 29/02/2020 12:00:00 | tahunan | 28/02/2021 23:59:59 | no 29 February a year later |
        | 31/12/2019 08:00:00 | bulanan | 30/01/2020 23:59:59 | across the year             |
        | 11/07/2019 23:59:59 | tahunan | 10/07/2020 23:59:59 | the last second of the day  |

  @C-2
  Rule: C-2 Cover starts on the date and at the time the contribution is paid

    @C-2.1
    Scenario: It starts at the second of payment
      Given the clock says "15/05/2019 10:32:07"
      When the applicant pays a "tahunan" contribution
      Then cover starts on "15/05/2019 10:32:07"

    @C-2.2
    Scenario: An early renewal queues after the present period
      Given the applicant has paid a "bulanan" contribution on "15/05/2019 10:32:07"
      And the clock says "01/06/2019 08:00:00"
      When the contributor renews "bulanan" and pays
      Then cover starts on "15/06/2019 00:00:00"
      And cover ends on "14/07/2019 23:59:59"

    @C-2.3
    Scenario: A late renewal leaves a gap without cover
      Given the applicant has paid a "bulanan" contribution on "15/05/2019 10:32:07"
      And the clock says "20/06/2019 08:00:00"
      When the contributor renews "bulanan" and pays
      Then cover starts on "20/06/2019 08:00:00"
      And the dashboard shows "Tiada perlindungan" between the two periods

    @C-2.4
    Scenario Outline: The last second of cover
      Given the applicant has paid a "bulanan" contribution on "15/05/2019 10:32:07"
      And the clock says "<time>"
      Then the cover status after signing in again is "<status>"

      Examples:
        | time                | status       | reason                    |
        | 07/06/2019 09:00:00 | AKAN TAMAT   | seven days left           |
        | 06/06/2019 09:00:00 | AKTIF        | eight days left           |
        | 14/06/2019 23:59:59 | AKAN TAMAT   | the last second           |
        | 15/06/2019 00:00:00 | TAMAT TEMPOH | the first second after it |

  @C-3
  Rule: C-3 The receipt certifies that payment, with its date and time

    @C-3.1
    Scenario: Date and time on the receipt
      Given the clock says "15/05/2019 10:32:07"
      When the applicant pays a "bulanan" contribution
      Then the receipt certifies payment on "15/05/2019 10:32:07"
      And the printed receipt says "RM13.10"

    @C-3.2
    Scenario: The receipt of an early renewal tells the time of payment and the period to come
      Given the applicant has paid a "bulanan" contribution on "15/05/2019 10:32:07"
      And the clock says "01/06/2019 08:00:00"
      When the contributor renews "bulanan" and pays
      Then the receipt certifies payment on "01/06/2019 08:00:00"
      And cover starts on "15/06/2019 00:00:00"

  @C-4
  Rule: C-4 The scheme is in force from 1 June 2017; no cover before

    @C-4.1
    Scenario: The day before the scheme starts
      Given the clock says "31/05/2017 23:59:59"
      Then the applicant cannot buy cover
      And the page says "Skim ini berkuat kuasa mulai 1 Jun 2017. Tiada perlindungan sebelum tarikh itu."

    @C-4.2
    Scenario: The first second of the scheme
      Given the clock says "01/06/2017 00:00:00"
      When the applicant pays a "bulanan" contribution
      Then cover starts on "01/06/2017 00:00:00"

  @C-5
  Rule: C-5 A person with questions finds whom to ask on every page

    @C-5.1
    Scenario Outline: Whom to ask, on the pages open to all
      When the applicant opens <page> by its address
      Then the page tells whom to ask

      Examples:
        | page             |
        | the home page    |
        | the log-in page  |
        | the account form |

    @C-5.2
    Scenario: Whom to ask, on every page of the journey
      When the applicant goes through all steps from the home page to the receipt
      Then every page of the portal that was seen tells whom to ask

    @C-5.3
    Scenario: Whom to ask when a page is not found
      When the applicant opens an address that does not exist
      Then the page tells whom to ask
