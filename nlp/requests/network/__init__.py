"""The network that reads letters: layers of the encoder fitted to letters, with heads for several fields."""
