"""First floor: who we are, and what the board wants."""
