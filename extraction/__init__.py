"""From bytes to a :class:`~extraction.document.Document`: formats, OCR, page geometry, hostile files.

Nothing is interpreted here: this package knows neither languages nor law.
"""
