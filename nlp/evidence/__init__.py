"""Clauses of provisions as evidence of elements of model instruments."""
