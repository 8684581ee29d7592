"""Annotation of files and texts on the command line, without storing them."""
