"""What the team of a programme sees and does."""
