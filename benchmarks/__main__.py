"""`make bench`: time and memory of a refresh, stage by stage."""

from benchmarks.refresh import main

main()
