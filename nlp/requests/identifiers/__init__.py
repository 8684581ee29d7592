"""Numbers in a letter: references, accounts, documents, lines and so on."""
