"""Ingest: from files to indexed documents, by worker processes, resumable at any point."""
