"""Retention rules: the period after which the documents of a collection are due for deletion."""
