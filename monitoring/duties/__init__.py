"""What is whose to do: one small function a duty, facts in, rows out, no database."""
