"""What people see of what was said, and where the team works on it."""
