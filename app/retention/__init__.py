"""Retention: rules that say after how long the documents of a collection are to be deleted."""
