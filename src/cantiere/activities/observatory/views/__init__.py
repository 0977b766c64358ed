"""What people see of the observatory, and where it is looked after."""
