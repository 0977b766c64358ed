"""What is asked of people, checked."""
