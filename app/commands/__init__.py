"""The commands of ``rogatio``, a module each."""
