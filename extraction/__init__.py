"""Reads files into a :class:`~extraction.document.Document`: formats, OCR, page geometry, hostile files.

The package interprets nothing: recognising languages, structure and law is the task of ``nlp``.
"""
