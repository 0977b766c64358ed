"""Live rooms: answers taken in and confirmed once they are kept, news sent to everybody who listens."""
