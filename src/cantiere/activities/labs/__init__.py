"""Laboratories: people answer, work in groups on boards and weigh what they found."""
