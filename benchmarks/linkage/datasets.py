"""The data sets: what each is, and how its records (one Parquet file with the truth in it) are made."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.linkage import borough, environments, population

MODELS = Path(__file__).parent / "models"


@dataclass(frozen=True)
class DataSet:
    """`kind` names the peers' model and ours (`models/<kind>.yml`); `write` makes the records; `across_sources`: only links between sources are wanted."""

    name: str
    kind: str
    title: str
    write: Callable[[Path], object]
    across_sources: bool = False

    @property
    def model(self) -> Path:
        """Our model file."""
        return MODELS / f"{self.kind}.yml"

    def records(self, folder: Path) -> Path:
        """The records' file, made once a folder."""
        path = folder / self.name / "records.parquet"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            print(f"bench-linkage: making {self.name}", flush=True)
            self.write(path)
        return path


def data_sets(names: list[str], sizes: list[int], seed: int | None = None) -> list[DataSet]:
    """The named data sets; `population` comes once a size. Another `seed` makes other people, under a name of their own; Febrl's records are what they are."""
    made = {} if seed is None else {"seed": seed}
    ending = "" if seed is None else f"-seed-{seed}"
    fixed = {
        "febrl3": DataSet("febrl3", "febrl3", "Febrl 3, 5,000 records to be deduplicated", _febrl("3")),
        "febrl4": DataSet("febrl4", "febrl4", "Febrl 4, 5,000 records to be linked to 5,000", _febrl("4"), across_sources=True),
        "borough": DataSet(
            f"borough{ending}", "borough", "Fictional borough, 20,000 people, records as the product standardises them", partial(borough.write, **made)
        ),
        "dense": DataSet(
            f"dense{ending}",
            "dense",
            "Household-dense population, 5 sources, about 43,000 records",
            partial(population.write, setting="dense", count=43_000, **made),
        ),
    }
    found = [fixed[name] for name in names if name in fixed]
    if "population" in names:
        found += [
            DataSet(
                f"population-{size}{ending}",
                "population",
                f"Population, 4 sources, about {size:,} records",
                partial(population.write, setting="population", count=size, **made),
            )
            for size in sizes
        ]
    return found


def _febrl(which: str) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        command = [str(environments.python_of("peers")), "-W", "ignore", "-m", "benchmarks.linkage.peers.febrl", which, str(path)]
        subprocess.run(command, check=True, cwd=environments.ROOT)

    return write
