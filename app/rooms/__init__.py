"""Workspaces (`rooms` in code and URLs): a shared comparison with members, comments and snapshots."""
