"""Every bad delivery of the corpus has its fate: each row is accounted for, the message says what to do, and nothing personal leaves the extract."""

import re

import pytest

from pipelines import authority, ingest, receipts, rejection_report
from tests.support import changes, police_sets
from tests.support.bad_deliveries import BadDelivery
from tests.support.bad_files import corpus
from tests.support.deliveries import AS_OF, NOW, home, put
from tests.support.suppliers import an_authority

CORPUS = corpus()

# Said by every refusal: whoever reads it knows what to do next.
REMEDY = re.compile(r"\b(ask|deliver|rename|mend|remove|pack|name it|give it|renew|export|save|unpack|report is|waits|put)\b", re.IGNORECASE)
# Values of the good rows that are about somebody.
PERSONAL = re.compile(
    r"okafor|ngozi|emeka|mill road|zc1 1aa|ab123456|R2011000|201100018042|000451|1204\.75|1,204|R0000\d|łukasz|14-feb|05/03/2014|07/09/2009", re.I
)


def test_the_corpus_is_large_and_every_case_has_a_name():
    assert len({case.name for case in CORPUS}) == len(CORPUS) >= 60


@pytest.mark.parametrize("case", CORPUS, ids=[case.name.replace(" ", "-") for case in CORPUS])
def test_a_bad_delivery_has_its_fate(tmp_path, caplog, capfd, case: BadDelivery):
    settings = settings_of(case, tmp_path)
    for name, content in ((case.delivered_as, case.content), *case.beside):
        put(settings, case.source, content, name)
    found = ingest.ingest(authority.find("calderbrook", settings), case.source, AS_OF, settings)
    delivery = next(told for told in found if told.file_name == case.delivered_as) if case.delivers_changes else found[0]
    assert delivery.outcome == case.expected, delivery.message
    assert delivery.message.startswith(case.delivered_as)
    for part in case.says:
        assert part in delivery.message
    if delivery.outcome != "ingested":
        assert REMEDY.search(delivery.message), delivery.message
    every_row_is_accounted_for(settings, delivery, case)
    told = delivery.message + "".join(str(rejection_report.summary(receipt["extract_id"], settings)) for receipt in receipts.receipts(settings))
    told += caplog.text + "".join(capfd.readouterr())
    nothing_personal(told, case)
    assert list((settings.extracts_dir / case.source).glob(".draft*")) == []


def settings_of(case, folder):
    """A home under an authority whose supplier delivers as the case says."""
    if case.delivers_changes:
        return changes.a_home(folder / "home", changes.authorities(folder / "authorities", case.source))
    if case.is_set:
        return an_authority(folder, {case.source: police_sets.profile_keys()}, clock=NOW)
    return an_authority(folder, {case.source: {"layout": case.layout}}, clock=NOW) if case.layout else home(folder)


def every_row_is_accounted_for(settings, delivery, case):
    kept = [receipt for receipt in receipts.receipts(settings) if receipt["file_name"] not in dict(case.beside)]
    if case.fate is None:
        assert kept == []
        return
    for receipt in kept:
        assert receipt["received_count"] == receipt["accepted_count"] + receipt["rejected_count"]
    [receipt] = kept
    files = receipts.files(receipt["extract_id"], settings) if case.is_set else [receipt]
    counts = {name: sum(file[f"{name}_count"] for file in files) for name in ("received", "accepted", "rejected", "removed", "repaired")}
    assert counts["received"] == counts["accepted"] + counts["rejected"]
    assert tuple(counts[name] for name in ("accepted", "rejected", "removed", "repaired")) == case.fate
    rejections = receipts.rejection_rows(receipt["extract_id"], settings)
    repairs = receipts.repair_rows(receipt["extract_id"], settings)
    assert {row["rule"] for row in rejections} == case.rules
    assert {row["rule"] for row in repairs} == case.repairs
    assert len({(row["file_name"], row["source_row"]) for row in rejections}) == counts["rejected"]
    assert len({(row["file_name"], row["source_row"]) for row in repairs}) == counts["repaired"]
    assert all(row["before"] != row["after"] for row in repairs)


def nothing_personal(told: str, case: BadDelivery) -> None:
    assert "Traceback" not in told
    found = PERSONAL.search(told)
    assert found is None, found
    for value in case.hidden:
        assert value not in told
