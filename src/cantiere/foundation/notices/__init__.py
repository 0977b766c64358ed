"""What people asked to be told, and how it reaches them."""
