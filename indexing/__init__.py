"""From annotations to cited hits: analysis, passages, the two engines, the store, query planning.

This package knows neither HTTP nor users' sessions.
"""
