"""One module a source, each with the same two functions: who is named in its rows, and what happened."""
