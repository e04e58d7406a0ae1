"""Mistakes in criteria.yml prepared for the tests: what is replaced, by what, and what must be told."""

OWN_MISTAKES = [
    ("threshold: 15\n", "treshold: 15\n", "'treshold' is not a known key; did you mean 'threshold'?"),
    ("measure: suspensions\n", "measure: suspension\n", "'education.suspensions': there is no measure 'suspension'; did you mean 'suspensions'?"),
    ("threshold: 15\n", "threshold: 150\n", "'education.unauthorised_absence': threshold 150 is out of range: above 0, up to 100 percent"),
    (
        "threshold: 15\n",
        "threshold: 0.15\n",
        "'education.unauthorised_absence': threshold 0.15 is in percent, so that it is less than one in a hundred; write 15 or 15% for that share",
    ),
    ("threshold: 15\n", "threshold: 15 per cent\n", "'threshold' is no number; write it in digits, such as 15"),
    ("        threshold: 1\n", "        threshold: 1%\n", "'threshold' is no number; write it in digits, such as 15"),
    ("threshold: 15\n", "threshold: 0\n", "'threshold' must be above 0"),
    ("threshold: 15\n", "threshold: fifteen\n", "'threshold' is no number; write it in digits, such as 15"),
    ("unit: percent\n", "unit: days\n", "'education.unauthorised_absence': measure 'unauthorised_absence' counts in percent, not in days"),
    (
        "sources: [police_asb]\n",
        "sources: [dwp_benefit]\n",
        "'crime_asb.proven_offence': measure 'proven_offence' reads police_asb; write sources: [police_asb]",
    ),
    (
        "{kind: days, count: 365}",
        "{kind: terms, count: 3}",
        "'crime_asb.proven_offence': measure 'proven_offence' has no window of kind terms; use days or months",
    ),
    ("{kind: days, count: 365}", "{kind: days}", "'crime_asb.proven_offence': a window of days needs a count of at least 1"),
    ("{kind: days, count: 365}", "{kind: day, count: 365}", "'kind': there is no 'day'; did you mean 'days'?"),
    (
        "threshold: 3\n        unit: suspensions\n        window: {kind: terms, count: 3}",
        "threshold: 3\n        unit: suspensions\n        window: {kind: terms, count: 3, sustained: true}",
        "'education.suspensions': only unauthorised_absence, overall_absence can be sustained, over 2 or more complete terms; leave sustained out",
    ),
    ("ages: {from: 10, to: 17}", "ages: {from: 17, to: 10}", "'crime_asb.proven_offence': ages run from the lower to the higher; change them round"),
    ("codes: [not_on_roll]", "codes: [not_on_role]", "'education.not_on_roll': codes has no 'not_on_role'; did you mean 'not_on_roll'?"),
    (
        "        codes: [not_on_roll]\n",
        "",
        "'education.not_on_roll': measure 'school_roll_status' needs codes; "
        "known: current, dual_main, dual_subsidiary, alternative_provision, off_roll, not_on_roll",
    ),
    ("threshold: 3\n", "threshold: 3\n        codes: [caution]\n", "'education.suspensions': measure 'suspensions' takes no codes; leave them out"),
    ("subject: adult\n", "subject: adults\n", "'subject': there is no 'adults'; did you mean 'adult'?"),
    (
        "subject: adult\n",
        "subject: household\n",
        "'work.out_of_work_benefit': measure 'out_of_work_benefit' is about a person; write subject: child, adult or member",
    ),
    (
        "      - id: education.suspensions\n",
        "      - id: Education.Suspensions\n",
        "'id': 'Education.Suspensions' is not well-formed; use lower-case letters: headline.name for a criterion, such as education.suspensions",
    ),
    (
        "      - id: education.suspensions\n",
        "      - id: educatoin.suspensions\n",
        "'educatoin.suspensions': tf-2012 has no headline 'educatoin'; did you mean 'education'?",
    ),
    (
        "{count: 1, of: [local]}",
        "{count: 1, of: [lokal]}",
        "rule 'two_national_and_local' names headline 'lokal', which tf-2012 does not have; did you mean 'local'?",
    ),
    (
        "{count: 1, of: [local]}",
        "{count: 1, of: [local.rent_arears]}",
        "rule 'two_national_and_local' names criterion 'local.rent_arears', which tf-2012 does not have; did you mean 'local.rent_arrears'?",
    ),
    (
        "{count: 1, of: [local]}",
        "{count: 1, of: [local, local.rent_arrears]}",
        "rule 'two_national_and_local' names criterion 'local.rent_arrears' beside its headline 'local', so that one problem would count twice; "
        "leave one of them out, or put it under a requirement of its own",
    ),
    (
        "[{count: 3, of: [crime_asb, education, work]}]",
        "[{count: 4, of: [crime_asb, education, work]}]",
        "rule 'all_national' asks for 4 of 3 headlines and can never be met; lower the count",
    ),
    (
        "      local: Local discretion\n",
        "      local: Local discretion\n      health: Health\n",
        "no criterion belongs to headline 'health'; add one or leave the headline out",
    ),
    ("      - id: crime_asb.asb\n", "      - id: crime_asb.proven_offence\n", "criterion 'crime_asb.proven_offence' is given twice in tf-2012"),
    ("        owner: Youth Justice Service\n", "", "'owner' is missing; add it"),
    ("effective_from: 2012-04-01\n", "effective_from: 1 April 2012\n", "'effective_from' is no date; write it as 2012-04-01"),
    (
        "for {threshold}% of",
        "for 10% of",
        "'education.unauthorised_absence': its label says 10, and its threshold is 15; write {threshold} or {times} in the label",
    ),
    (
        "suspended {times}",
        "suspended twice",
        "'education.suspensions': its label says twice, and its threshold is 3; write {threshold} or {times} in the label",
    ),
    (
        "'{count} national headline problems and",
        "'four national headline problems and",
        "rule 'two_national_and_local': its label says four, and it asks for 2; write {count} or {count_of} in the label",
    ),
    ("'{count} national", "'{number} national", "rule 'two_national_and_local': a label has no {number}; write {count} or {count_of}"),
    ("suspended {times}", "suspended {often}", "'education.suspensions': a label has no {often}; write {threshold} or {times}"),
    (
        "household: {dependent_child: true}",
        "household: {dependent_child: true, expectant_parent: perhaps}",
        "'expectant_parent' must be true or false",
    ),
    ("household: {dependent_child: true}", "household: {dependent_child: sometimes}", "'dependent_child' must be true"),
    ("compulsory_school_age: true", "compulsory_school_age: maybe", "'compulsory_school_age' must be true or false"),
    (
        "    criteria:\n",
        "    tiers:\n      - {name: top, headlines_at_least: 9}\n    criteria:\n",
        "tier 'top' asks for 9 headlines and can never be reached: tf-2012 has 4 headlines; lower it",
    ),
    (
        "    criteria:\n",
        "    tiers:\n      - {name: top, headlines_at_least: 1, any_of: [crime]}\n    criteria:\n",
        "tier 'top' names 'crime', which is no headline or criterion of tf-2012; did you mean 'crime_asb'?",
    ),
    (
        "    criteria:\n",
        "    tiers:\n      - {name: low, headlines_at_least: 3}\n      - {headlines_at_least: 2, name: low} # name: top\n    criteria:\n",
        "tier 'low' is given twice in tf-2012; give each a name of its own",
    ),
    (
        "    criteria:\n",
        "    tiers:\n      - {name: low, headlines_at_least: 0}\n      - {name: top, headlines_at_least: 3}\n    criteria:\n",
        "tier 'top' can never be reached, since whoever fits it fits tier 'low' before it; put it first, or ask for more there",
    ),
    (
        "    criteria:\n",
        "    tiers:\n      - {name: low, headlines_at_least: 2, any_of: [education, work]}\n"
        "      - {name: top, headlines_at_least: 3, any_of: [education.suspensions]}\n    criteria:\n",
        "tier 'top' can never be reached, since whoever fits it fits tier 'low' before it; put it first, or ask for more there",
    ),
    (
        "    criteria:\n",
        "    tiers:\n      - {name: top, headlines_at_least: 3, arms: [{name: x, places: 3}, {name: x, places: 4}]}\n    criteria:\n",
        "arm 'x' is given twice in tier 'top'; add its places up, or give each a name of its own",
    ),
]
USE_MISTAKES = [
    ("tf-2012", "tf-20012", "the library has no framework 'tf-20012'; did you mean 'tf-2012'?"),
    ("  - framework: tf-2015\n", "  - framework: tf-2012\n", "framework 'tf-2012' is given twice"),
    (
        "local.rent_arrears.citation",
        "local.rent_arears.threshold",
        "'local.rent_arears.threshold': tf-2012 has no such value; did you mean 'local.rent_arrears.threshold'?",
    ),
    (
        "local.rent_arrears.citation: ",
        "local.rent_arrears.treshold: ",
        "'local.rent_arrears.treshold': local.rent_arrears has no 'treshold'; did you mean 'threshold'?",
    ),
    (
        "local.rent_arrears.citation: ",
        "local.rent_arrears.threshold: 9000 # ",
        "'local.rent_arrears': threshold 9000 is out of range: above 0, up to 520 weeks",
    ),
    (
        "  - framework: tf-2015\n",
        "  - framework: tf-2015\n    drop: [health.refferal]\n",
        "tf-2015 has no criterion or rule 'health.refferal' to drop; did you mean 'health.referral'?",
    ),
    (
        "    set:\n",
        "    set:\n      crime_asb.asb.window.kind: months\n",
        "'crime_asb.asb.window.kind': would leave a window of 365 months, which was one of 365 days; give crime_asb.asb.window.count too",
    ),
    (
        "    set:\n",
        "    set:\n      crime_asb.asb.id: crime_asb.other\n",
        "'crime_asb.asb.id': 'id' says which part it is and is no value; to have another, write it in full under 'add', 'tiers' or 'frameworks'",
    ),
    (
        "    set:\n",
        "    drop: [local.rent_arrears]\n    set:\n",
        "'local.rent_arrears' is all there is of headline 'local' of tf-2012, without which rule 'two_national_and_local' can never be met; "
        "drop the rule too (qualification.two_national_and_local), or set qualification.two_national_and_local.require",
    ),
    (
        "  - framework: tf-2015\n",
        "  - framework: tf-2015\n    drop: [qualification.two_of_six]\n",
        "'qualification.two_of_six' leaves tf-2015 without a rule, and nobody could qualify; keep it",
    ),
]
