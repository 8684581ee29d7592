"""Persons and organisations across the files of one authority."""
