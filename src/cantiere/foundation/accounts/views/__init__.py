"""The pages of accounts, by what one comes to do."""
