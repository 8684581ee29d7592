"""The type of a letter: request, answer, reminder and so on."""
