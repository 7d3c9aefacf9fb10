Feature: Documents of taxi and e-hailing drivers
  Who drives a taxi or for an e-hailing service shows a driving licence, and one more document according to the place.

  @D-TX-1
  Rule: D-TX-1 A valid driving licence is always needed

    @D-TX-1.1
    Scenario: Without a driving licence
      Given the contribution form of a "teksi" driver in "semenanjung" is open
      When the applicant hands in "Kad PSV"
      Then beside "Lesen Memandu" it says "Sila muat naik Lesen Memandu."

    @D-TX-1.2
    Scenario Outline: The last day of the driving licence
      Given the contribution form of a "e-hailing" driver in "semenanjung" is open
      When the applicant hands in "Lesen Memandu, Kad PSV"; the last day of "Lesen Memandu" is "<ends>"
      Then the application is <decision>

      Examples:
        | ends       | decision | reason          |
        | 15/05/2019 | accepted | valid to today  |
        | 14/05/2019 | refused  | ended yesterday |

  @D-TX-2
  Rule: D-TX-2 One more document is needed

    @D-TX-2.1
    Scenario Outline: A driving licence alone does not do
      Given the clock says "<time>"
      And the contribution form of a "<category>" driver in "<region>" is open
      When the applicant hands in "Lesen Memandu"
      Then the application is refused
      And the page says "<message>"

      Examples:
        | time                | category  | region      | message                                                  |
        | 15/05/2019 09:00:00 | teksi     | semenanjung | Sila muat naik Kad PSV, Kad Pemandu atau Profil Pemandu. |
        | 15/05/2019 09:00:00 | e-hailing | sabah       | Sila muat naik Surat Kebenaran atau Profil Pemandu.      |
        | 15/07/2019 09:00:00 | e-hailing | semenanjung | Sila muat naik Kad PSV atau Kad Pemandu yang sah.        |
        | 15/07/2019 09:00:00 | teksi     | sarawak     | Sila muat naik Surat Kebenaran.                          |

  @D-TX-2a
  Rule: D-TX-2a A valid PSV card or driver's card, in Peninsular Malaysia

    @D-TX-2a.1
    Scenario Outline: One of them does in the Peninsula
      Given the contribution form of a "<category>" driver in "semenanjung" is open
      When the applicant hands in "Lesen Memandu, <card>"
      Then the application is accepted

      Examples:
        | category  | card        |
        | teksi     | Kad PSV     |
        | teksi     | Kad Pemandu |
        | e-hailing | Kad PSV     |
        | e-hailing | Kad Pemandu |

    @D-TX-2a.2
    Scenario Outline: A card does not count in Sabah and Sarawak
      Given the contribution form of a "teksi" driver in "<region>" is open
      When the applicant hands in "Lesen Memandu, <card>"
      Then the application is refused
      And the page says "<card> hanya untuk pemandu di Semenanjung Malaysia. Sila muat naik Surat Kebenaran."

      Examples:
        | region  | card        |
        | sabah   | Kad PSV     |
        | sarawak | Kad Pemandu |

    @D-TX-2a.3
    Scenario: A card that has expired
      Given the contribution form of a "teksi" driver in "semenanjung" is open
      When the applicant hands in "Lesen Memandu, Kad Pemandu"; the last day of "Kad Pemandu" is "14/05/2019"
      Then beside "Kad Pemandu" it says "Kad Pemandu telah tamat tempoh."

  @D-TX-2b
  Rule: D-TX-2b A valid authorisation letter, in Sabah and Sarawak

    @D-TX-2b.1
    Scenario Outline: The authorisation letter does in Sabah and Sarawak
      Given the contribution form of a "<category>" driver in "<region>" is open
      When the applicant hands in "Lesen Memandu, Surat Kebenaran"
      Then the application is accepted

      Examples:
        | category  | region  |
        | teksi     | sabah   |
        | e-hailing | sarawak |

    @D-TX-2b.2
    Scenario: The authorisation letter does not count in the Peninsula
      Given the contribution form of a "teksi" driver in "semenanjung" is open
      When the applicant hands in "Lesen Memandu, Surat Kebenaran"
      Then beside "Surat Kebenaran" it says "Surat kebenaran hanya untuk pemandu di Sabah dan Sarawak."

  @D-TX-2c
  Rule: D-TX-2c Proof of registration with an e-hailing service, up to 11 July 2019 only

    @D-TX-2c.1
    Scenario Outline: A driver profile before and after the last day
      Given the clock says "<time>"
      And the contribution form of a "e-hailing" driver in "<region>" is open
      When the applicant hands in "Lesen Memandu, Profil Pemandu"
      Then the application is <decision>

      Examples:
        | time                | region      | decision | reason                    |
        | 15/05/2019 09:00:00 | semenanjung | accepted | long before the last day  |
        | 11/07/2019 23:59:59 | semenanjung | accepted | the last second           |
        | 11/07/2019 23:59:59 | sabah       | accepted | the last second           |
        | 12/07/2019 00:00:00 | semenanjung | refused  | the first second after it |
        | 12/07/2019 00:00:00 | sarawak     | refused  | the first second after it |

    @D-TX-2c.2
    Scenario: A refusal after the last day names the reason
      Given the clock says "12/07/2019 00:00:00"
      And the contribution form of a "e-hailing" driver in "semenanjung" is open
      When the applicant hands in "Lesen Memandu, Profil Pemandu"
      Then the page says "Profil Pemandu diterima sehingga 11 Julai 2019 sahaja."

    @D-TX-2c.3
    Scenario: The form is opened before midnight but sent after it
      Given the clock says "11/07/2019 23:59:59"
      And the contribution form of a "e-hailing" driver in "semenanjung" is open
      And 1 second passes
      When the applicant hands in "Lesen Memandu, Profil Pemandu"
      Then the application is refused

    @D-TX-2c.4
    Scenario: A renewal after the last day needs another document
      Given the clock says "20/06/2019 09:00:00"
      And a "e-hailing" driver in "semenanjung" who contributes "bulanan" with "Lesen Memandu, Profil Pemandu"
      And 31 days pass
      When the contributor tries to renew with the documents on file
      Then the page says "Profil Pemandu diterima sehingga 11 Julai 2019 sahaja."
      When the contributor renews with "Kad PSV"
      Then the applicant is at the choice of bank
