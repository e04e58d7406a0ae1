"""`make bench-ingest`: everything in one go; `--help` tells how to run a part."""

from benchmarks.ingest.command import main

main()
