"""The four partners: each module turns people's lives into the rows its partner delivers."""
