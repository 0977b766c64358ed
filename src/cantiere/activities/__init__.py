"""What a programme does: one room for each kind of activity, none knowing another."""
