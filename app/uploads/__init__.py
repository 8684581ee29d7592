"""Uploads as background jobs, with the state of each file."""
