"""Comparison of two records of persons or companies by names, birth dates and documents."""
