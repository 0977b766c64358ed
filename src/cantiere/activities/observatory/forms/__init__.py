"""What is asked and written in the observatory."""
