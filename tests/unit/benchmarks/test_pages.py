"""The page of figures, and what the command line is made of."""

from benchmarks import sections
from benchmarks.linkage import pages
from benchmarks.linkage.datasets import data_sets
from benchmarks.linkage.environments import LOCKS
from benchmarks.linkage.peers import blocking
from benchmarks.linkage.tools import TOOLS, training_seconds

ROW = {"data": "population-100", "data_title": "Population", "tool": "ours", "title": "ours", "records": 100, "true_pairs": 50, "wall": 2.0, "f1": 0.5}


def test_a_section_replaces_the_one_before_and_nothing_else(tmp_path):
    page = tmp_path / "benchmarks.md"
    page.write_text("# Figures\n\nfirst\n")
    pages.write(page, "one")
    pages.write(page, "two")
    assert page.read_text() == "# Figures\n\nfirst\n\n<!-- linkage: written by `make bench-linkage` -->\ntwo\n<!-- end of linkage -->\n"


def test_sections_of_several_benchmarks_stand_beside_one_another(tmp_path):
    page = tmp_path / "benchmarks.md"
    page.write_text("# Figures\n")
    for name, text in (("weeks", "old"), ("homes", "kept"), ("weeks", "new")):
        sections.write(name, text, f"make bench-{name}", page)
    assert [line for line in page.read_text().splitlines() if line and "<!--" not in line] == ["# Figures", "new", "kept"]


def test_a_table_shows_what_was_measured_and_a_dash_for_what_was_not():
    line = pages.tables([ROW]).splitlines()[-1]
    assert line.startswith("| ours | 2.0 | - | - |")
    assert "0.5000" in line


def test_growth_compares_the_smallest_with_the_largest():
    larger = ROW | {"data": "population-1000", "records": 1000, "wall": 16.0}
    assert "8.0 times the time for 10.0 times the records" in pages.growth([ROW, larger])


def test_the_population_comes_once_a_size():
    assert [data.name for data in data_sets(["febrl3", "population"], [100, 300])] == ["febrl3", "population-100", "population-300"]


def test_training_is_counted_apart():
    assert training_seconds({"seconds": {"read": 1, "training": 3, "estimate_m": 2, "prediction": 4}}) == 5


def test_a_blocking_rule_says_how_many_letters_count():
    assert blocking.keys("postcode surname:4") == [("postcode", 0), ("surname", 4)]
    assert blocking.as_sql("postcode surname:4") == ["postcode", "substr(surname, 1, 4)"]


def test_locks_name_no_address_and_hash_every_package():
    for lock in LOCKS.values():
        text = lock.read_text()
        assert "://" not in text
        packages = [line for line in text.splitlines() if "==" in line]
        assert packages
        assert all(line.endswith("\\") for line in packages)


def test_every_environment_has_its_lock():
    assert {tool.environment for tool in TOOLS.values()} - {None} <= set(LOCKS)
