"""Provisions of several countries compared element by element, or two of them clause by clause."""
