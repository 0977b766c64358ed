"""What people see of meetings and pages, and where the team prepares them."""
