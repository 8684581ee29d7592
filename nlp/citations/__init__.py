"""Citations of law, treaties and cases, resolved to canonical ids."""
