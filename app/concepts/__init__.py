"""Legal concepts: their terms by country and where they occur."""
