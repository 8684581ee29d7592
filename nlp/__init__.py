"""From text to :class:`~nlp.annotations.Annotations`: languages, structure of law, citations, entities, concepts.

This package knows neither files nor engines nor users.
"""
