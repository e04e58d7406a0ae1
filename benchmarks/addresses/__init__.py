"""Addresses against a gazetteer: ours and uk_address_matcher's, on a made-up town whose truth is known."""
