"""Reads a partner's file as text and checks it against the contract: find, detect, read, header, mapping, rules. Ingest puts the steps together."""
