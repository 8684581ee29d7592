"""Accounts: who may sign in, in which role, with which grants; sessions and API tokens."""
