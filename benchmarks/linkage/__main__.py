"""`make bench-linkage`: everything in one go; `--help` tells how to run a part."""

from benchmarks.linkage.command import main

main()
