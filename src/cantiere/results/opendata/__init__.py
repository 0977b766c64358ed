"""Open data: what the activities of all programmes give out for reuse, and its catalogue."""
