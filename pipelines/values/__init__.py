"""Rules for one value each: names, dates, addresses, identifiers. Pure, save for `mapping`, which applies them to a query's distinct values."""
