"""Documents: reading page, lists, corrections, deletion."""
