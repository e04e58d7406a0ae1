"""Linkage side by side: ours, Splink and recordlinkage on the same records, each in a process of its own."""
