"""Template words of the room."""
