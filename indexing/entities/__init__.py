"""Who and what occurs in which documents, and who may be the same person."""
