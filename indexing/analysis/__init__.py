"""Text analysis shared by both engines: tokens, lemmas, folding."""
