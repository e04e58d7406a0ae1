"""Who is who and who lives with whom: pure functions and SQL over tables."""
