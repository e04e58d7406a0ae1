from xml.etree import ElementTree

from pipelines.report import ward_chart


def of(*wards):
    return [{"district": district, "ward": ward, "identified": identified, "verified": verified} for district, ward, identified, verified in wards]


def test_each_ward_has_two_bars_under_its_district_and_no_number_where_one_is_held_back():
    drawn = ElementTree.fromstring(ward_chart.drawn(of(("North", "Fen & Co", 20, 10), ("North", "Town", 9, None), ("South", "Quay", 0, 0)), "Wards"))  # noqa: S314 - drawn here
    assert [mark.text for mark in drawn.findall("text")] == ["North", "Fen & Co", "20", "10", "Town", "9", "South", "Quay", "0", "0"]
    bars = drawn.findall("rect")
    assert len([bar for bar in bars if bar.get("stroke-dasharray")]) == 1
    long, half = (float(bar.get("width")) for bar in bars[:2])
    assert long == 2 * half


def test_without_wards_nothing_is_drawn():
    assert ward_chart.drawn([], "Wards") == ""
