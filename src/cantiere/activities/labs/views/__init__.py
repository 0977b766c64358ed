"""What people see of a laboratory, and where the team prepares and runs it."""
