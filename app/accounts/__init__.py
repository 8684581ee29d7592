"""Accounts: users, roles and grants; sessions and API tokens."""
