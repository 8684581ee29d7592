"""Comparisons, matrices and provisions as files that a ministry can file."""
