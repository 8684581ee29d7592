"""The store: database records, original files and derived results."""
