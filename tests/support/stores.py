"""A decision store changed behind the product's back."""

from sqlalchemy import create_engine

from pipelines.settings import Settings


def by_hand(settings: Settings, statement: str) -> None:
    """Run a statement on the store, as somebody who can write to its table could."""
    engine = create_engine(settings.decisions)
    with engine.begin() as con:
        con.exec_driver_sql(statement)
    engine.dispose()
