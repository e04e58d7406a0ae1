"""Police records as a set of files: what each file adds to a nominal's row, who counts, and what becomes of rows that stand alone."""

import re
from collections.abc import Mapping
from datetime import date

import pytest
from pydantic import ValidationError

from pipelines import authority, ingest
from pipelines.settings import Settings, prepare_home
from schemas.authority import Profiles
from tests.support.attendance_sets import Row, text
from tests.support.deliveries import AS_OF, NOW
from tests.support.police_sets import DAY, NO_INTERVENTION, NO_OUTCOME, SOURCE, Delivered, a_nominal, an_incident, an_intervention, an_outcome, profile_keys
from tests.support.suppliers import an_authority

Files = Mapping[str, list[Row] | str]


@pytest.fixture(scope="module")
def council(tmp_path_factory) -> Settings:
    """A council whose force delivers a set, each part in changes if it likes."""
    # Of so few rows one is a large share.
    keys = profile_keys(changes_only=True) | {"refuse_when_rejected_share_over": 0.7}
    return an_authority(tmp_path_factory.mktemp("council"), {SOURCE: keys}, clock=NOW)


@pytest.fixture
def deliver(council, tmp_path):
    """A new home's delivery of these files; what is not told is that nothing was done. Files by part, or by part and an earlier day."""
    settings = council.model_copy(update={"home": tmp_path / "home"})
    prepare_home(settings)
    landing = settings.landing_dir / SOURCE

    def delivered(files: Files) -> Delivered:
        for name, rows in ({"interventions": NO_INTERVENTION, "outcomes": NO_OUTCOME} | dict(files)).items():
            path = landing / (f"{name}.csv" if name[-1].isdigit() else f"{name}_{DAY}.csv")
            path.write_text(rows if isinstance(rows, str) else text(rows), newline="")
        return Delivered(settings, ingest.ingest(authority.find("calderbrook", settings), SOURCE, AS_OF, settings)[0])

    return delivered


def test_a_nominals_row_has_its_occurrence_and_the_outcome_told_of_them_alone(deliver):
    found = deliver(
        {
            "incidents": [an_incident("I1"), an_incident("C1", "Crime", "02/05/2026")],
            "nominals": [a_nominal("I1", "N1"), a_nominal("C1", "N1", "Offender"), a_nominal("C1", "N2", "Offender"), a_nominal("C1", "N3", "Aggrieved")],
            "outcomes": [an_outcome("C1", "N1"), an_outcome("C1", "N3", "No further action")],
        }
    )
    crime = ("crime", "NOISE", "N", "Calder North", date(2026, 5, 2))
    assert found.fetched("occurrence_id, source_person_id, person_role, record_type, incident_type, qualifier, force_area, incident_date, disposal") == [
        ("C1", "N1", "offender", *crime, "conviction"),
        ("C1", "N2", "offender", *crime, "none"),
        ("C1", "N3", "victim", *crime, "none"),
        ("I1", "N1", "suspect", "incident", "NOISE", "N", "Calder North", date(2026, 6, 14), "none"),
    ]
    assert found.rejected() == set()


def test_a_power_after_an_incident_is_a_row_beside_it_and_one_with_its_own_number_completes_its_row(deliver):
    found = deliver(
        {
            "incidents": [an_incident("I1"), an_incident("V1", "Intervention", "01/03/2026")],
            "nominals": [a_nominal("I1", "N1"), a_nominal("V1", "N1", "Perpetrator"), a_nominal("V1", "N2", "Informant")],
            "interventions": [an_intervention("I1", "N1", "CPN"), an_intervention("V1", "N1", "ABC", "03/03/2026")],
        }
    )
    assert found.fetched("occurrence_id, source_person_id, record_type, intervention_type, incident_date, person_role, full_name, surname, disposal") == [
        ("I1", "N1", "incident", None, date(2026, 6, 14), "suspect", None, "OKAFOR", "none"),
        ("I1", "N1", "intervention", "community_protection_notice", date(2026, 7, 20), "suspect", None, "OKAFOR", "none"),
        ("V1", "N1", "intervention", "acceptable_behaviour_contract", date(2026, 3, 3), "perpetrator", None, "OKAFOR", "none"),
        ("V1", "N2", "intervention", None, date(2026, 3, 1), "caller", None, "OKAFOR", "none"),
    ]


def test_a_power_used_against_somebody_in_two_roles_is_told_of_the_one_who_did_it(deliver):
    found = deliver(
        {
            "incidents": [an_incident("I1")],
            "nominals": [a_nominal("I1", "N1", "Aggrieved"), a_nominal("I1", "N1", "Suspect"), a_nominal("I1", "N2", "Witness")],
            "interventions": [an_intervention("I1", "N1"), an_intervention("I1", "N2")],
        }
    )
    powers = [row[1:] for row in found.fetched("record_type, source_person_id, person_role") if row[0] == "intervention"]
    assert powers == [("N1", "suspect"), ("N2", "witness")]


def test_a_power_tells_where_its_nominal_lived_by_then_as_far_as_the_delivery_knows(deliver):
    found = deliver(
        {
            "incidents": [an_incident("I1", day="05/01/2026"), an_incident("I2", day="02/03/2026"), an_incident("I3", day="01/09/2026")],
            "nominals": [a_nominal(incident, "N1", **{"Nominal Address": home}) for incident, home in (("I1", "1 Mill Road"), ("I2", "2 New Road"))]
            + [a_nominal("I3", "N1", "Witness", **{"Nominal Address": "3 Far Lane"}), a_nominal("I2", "N2", **{"Nominal Address": "4 High Street"})],
            "interventions": [an_intervention("I1", "N1", "Warning", "01/02/2026"), an_intervention("I1", "N1", "ABC", "01/06/2026")],
        }
    )
    told = [row[1:] for row in found.fetched("record_type, occurrence_id, person_role, incident_date, address_line_1") if row[0] == "intervention"]
    assert told == [("I1", "suspect", date(2026, 2, 1), "1 Mill Road"), ("I1", "suspect", date(2026, 6, 1), "2 New Road")]


def test_only_named_perpetrators_have_events_that_a_criterion_counts(deliver):
    nobody = {"Nominal Surname": "", "Nominal Forenames": "UNKNOWN", "Date Of Birth": "", "Nominal Address": ""}
    people = [
        ("C1", "N1", "Offender", {}),
        ("C1", "N2", "Offender", {}),
        ("C1", "N3", "Aggrieved", {}),
        ("I1", "N4", "Suspect", {}),
        ("I1", "N5", "Witness", {}),
    ]
    people += [("I1", "N6", "Informant", {}), ("I1", "N7", "Suspect", nobody), ("I1", "N8", "", {}), ("I1", "N9", "Other", {})]
    names = {number: {"Nominal Surname": f"OKAFOR{'ABCDEFGHI'[int(number[1]) - 1]}"} for _, number, _, _ in people}
    found = deliver(
        {
            "incidents": [an_incident("I1"), an_incident("C1", "Crime")],
            "nominals": [a_nominal(incident, number, role, **(names[number] | changes)) for incident, number, role, changes in people],
            "outcomes": [an_outcome("C1", "N1"), an_outcome("C1", "N2", "Charged"), an_outcome("C1", "N3")],
            "interventions": [an_intervention("I1", number) for number in ("N4", "N5", "N7")],
        }
    )
    counted = {event for event in found.events() if event[2] != "police_contact"}
    assert counted == {("N1", "C1", "proven_offence"), ("N4", "I1", "asb_incident"), ("N4", "I1", "asb_intervention")}


@pytest.mark.parametrize(
    ("outcomes", "disposal"),
    [
        ([("Charged", "01/03/2026"), ("Convicted", "01/09/2026")], "conviction"),
        ([("Convicted", "01/03/2026"), ("No further action", "01/09/2026")], "none"),
        ([("Charged", "01/03/2026"), ("Adult caution", "01/03/2026")], "caution"),
    ],
)
def test_of_several_outcomes_the_last_holds_and_of_one_day_the_one_that_proves_more(deliver, outcomes, disposal):
    told = [an_outcome("C1", "N1", outcome, day) for outcome, day in outcomes]
    found = deliver({"incidents": [an_incident("C1", "Crime")], "nominals": [a_nominal("C1", "N1", "Offender")], "outcomes": told})
    assert found.fetched("disposal") == [(disposal,)]


def test_whoever_a_later_file_makes_a_witness_is_no_suspect_any_more(deliver):
    found = deliver(
        {
            "incidents": [an_incident("I1")],
            "nominals_2026-11-13": [a_nominal("I1", "N1"), a_nominal("I1", "N2")],
            "nominals": [a_nominal("I1", "N1", "Witness")],
            "interventions_2026-11-13": [an_intervention("I1", "N2"), an_intervention("I1", "N2", "CPW")],
            "interventions": [an_intervention("I1", "N2")],
            "outcomes_2026-11-13": [an_outcome("I1", "N2", "Adult caution")],
            "outcomes": [an_outcome("I1", "N2", "No further action")],
        }
    )
    assert sorted(found.fetched("source_person_id, person_role, intervention_type, disposal"), key=str) == [
        ("N1", "witness", None, "none"),
        ("N2", "suspect", "acceptable_behaviour_contract", "none"),
        ("N2", "suspect", "community_protection_warning", "none"),
        ("N2", "suspect", None, "none"),
    ]
    standing = {(file["file_name"].partition(".")[0]): file["standing_count"] for file in found.files() if file["standing_count"] is not None}
    assert standing == {"nominals_2026-11-13": 1, f"nominals_{DAY}": 1, "interventions_2026-11-13": 1, f"interventions_{DAY}": 1}


def test_rows_about_what_no_other_file_tells_are_rejected_with_the_file_to_look_in(deliver):
    found = deliver(
        {
            "incidents": [an_incident("I1"), an_incident("C1", "Crime", "31/02/2026"), an_incident("I2"), an_incident("I3")],
            "nominals": [a_nominal("I1", "N1"), a_nominal("I9", "N1"), a_nominal("C1", "N1", "Offender"), a_nominal("I2", "N1")],
            "outcomes": [an_outcome("I1", "N1"), an_outcome("I9", "N1"), an_outcome("C1", "N1"), an_outcome("I1", "N7"), an_outcome("I2", "N1")],
            "interventions": [an_intervention("I1", "N1"), an_intervention("I2", "N2"), an_intervention("I2", "N1")],
        }
    )
    assert found.rejected() == {
        ("incidents", 3, "date_format"),
        *(("nominals", row, "stranger") for row in (3, 4)),
        *(("outcomes", row, "stranger") for row in (3, 4, 5)),
        ("interventions", 3, "stranger"),
    }
    assert {re.search(r"none of .*? file", reason)[0] for reason in found.reasons("stranger")} == {
        "none of the incidents in the delivery's main file",
        "none of those in the set's nominal file",
    }
    assert found.delivery.received_count == found.delivery.accepted_count + found.delivery.rejected_count == 16


def test_a_nominal_without_a_role_is_refused_with_all_that_hangs_on_it_since_nobody_may_guess_one(deliver):
    found = deliver(
        {
            "incidents": [an_incident("C1", "Crime")],
            "nominals": [a_nominal("C1", "N1", ""), a_nominal("C1", "N2", "Nosy neighbour"), a_nominal("C1", "N3", "Offender")],
            "outcomes": [an_outcome("C1", "N1"), an_outcome("C1", "N2"), an_outcome("C1", "N3")],
        }
    )
    assert found.rejected() == {("nominals", 2, "required"), ("nominals", 3, "allowed"), *(("outcomes", row, "stranger") for row in (2, 3))}
    assert found.fetched("source_person_id, disposal") == [("N3", "conviction")]


def test_two_occurrences_of_one_number_contradict_each_other(deliver):
    incidents = [an_incident("I1"), an_incident("I1", "Crime"), an_incident("I2"), an_incident("I3")]
    found = deliver({"incidents": incidents, "nominals": [a_nominal("I2", "N1"), a_nominal("I3", "N1")]})
    assert found.rejected() == {("incidents", 2, "contradiction"), ("incidents", 3, "contradiction")}


def test_a_power_not_in_force_on_its_day_is_left_out_and_the_intervention_stands(deliver):
    powers = [an_intervention("I1", "N1", "ASBO"), an_intervention("I1", "N1", "Curfew", "21/07/2026"), an_intervention("I1", "N1", "CBO", "22/07/2026")]
    found = deliver({"incidents": [an_incident("I1")], "nominals": [a_nominal("I1", "N1")], "interventions": powers})
    told = [row[1:] for row in found.fetched("record_type, incident_date, intervention_type") if row[0] == "intervention"]
    assert told == [(date(2026, 7, 20), None), (date(2026, 7, 21), None), (date(2026, 7, 22), "criminal_behaviour_order")]
    assert found.delivery.repaired_count == 2


@pytest.mark.parametrize("left_out", ["nominal", "outcome"])
def test_a_profile_without_nominals_or_outcomes_is_a_mistake(council, left_out):
    profiles = authority.find("calderbrook", council).profiles.model_dump()
    del profiles[SOURCE]["parts"][left_out]
    with pytest.raises(ValidationError, match=f"{SOURCE}.parts: {left_out} must be given too"):
        Profiles.model_validate(profiles)
