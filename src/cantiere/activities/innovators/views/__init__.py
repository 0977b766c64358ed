"""What people see of innovators, where they are nominated, tell and leave, and where the team curates."""
