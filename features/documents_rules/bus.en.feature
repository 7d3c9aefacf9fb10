Feature: Documents of bus drivers
  Who drives a bus shows a driving licence and a vocational licence (Kad PSV).

  @D-BS-1
  Rule: D-BS-1 A valid driving licence is always needed

    @D-BS-1.1
    Scenario: Without a driving licence
      Given the contribution form of a "bas" driver in "semenanjung" is open
      When the applicant hands in "Kad PSV"
      Then beside "Lesen Memandu" it says "Sila muat naik Lesen Memandu."

    @D-BS-1.2
    Scenario Outline: The last day of the driving licence
      Given the contribution form of a "bas" driver in "sarawak" is open
      When the applicant hands in "Lesen Memandu, Kad PSV"; the last day of "Lesen Memandu" is "<ends>"
      Then the application is <decision>

      Examples:
        | ends       | decision | reason          |
        | 15/05/2019 | accepted | valid to today  |
        | 14/05/2019 | refused  | ended yesterday |

  @D-BS-2
  Rule: D-BS-2 A valid vocational licence (PSV card) is needed too

    @D-BS-2.1
    Scenario Outline: Driving licence and PSV card do anywhere
      Given the contribution form of a "bas" driver in "<region>" is open
      When the applicant hands in "Lesen Memandu, Kad PSV"
      Then the application is accepted

      Examples:
        | region      |
        | semenanjung |
        | sabah       |

    @D-BS-2.2
    Scenario Outline: No other document replaces the PSV card
      Given the contribution form of a "bas" driver in "<region>" is open
      When the applicant hands in "<documents>"
      Then beside "Kad PSV" it says "Sila muat naik Kad PSV."

      Examples:
        | region      | documents                      |
        | semenanjung | Lesen Memandu                  |
        | semenanjung | Lesen Memandu, Kad Pemandu     |
        | semenanjung | Lesen Memandu, Profil Pemandu  |
        | sabah       | Lesen Memandu, Surat Kebenaran |

    @D-BS-2.3
    Scenario Outline: The last day of the PSV card
      Given the contribution form of a "bas" driver in "semenanjung" is open
      When the applicant hands in "Lesen Memandu, Kad PSV"; the last day of "Kad PSV" is "<ends>"
      Then the application is <decision>

      Examples:
        | ends       | decision | reason          |
        | 15/05/2019 | accepted | valid to today  |
        | 14/05/2019 | refused  | ended yesterday |

    @D-BS-2.4
    Scenario Outline: The age for a vocational licence
      Given the contribution form of a "bas" driver born on "<born>" is open
      When the applicant hands in "Lesen Memandu, Kad PSV"
      Then the application is <decision>

      Examples:
        | born       | decision | reason                |
        | 15/05/1998 | accepted | 21 years old today    |
        | 16/05/1998 | refused  | 21 years old tomorrow |
