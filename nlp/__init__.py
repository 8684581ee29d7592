"""Annotates text (:class:`~nlp.annotations.Annotations`): languages, structure, citations, entities, concepts.

The package is independent of files, engines and users.
"""
