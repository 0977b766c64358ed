"""What came of it: read from programmes and the thread, never from a kind of activity."""
