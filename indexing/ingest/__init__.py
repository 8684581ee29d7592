"""Ingest: from files to indexed documents, with worker processes, resumable at any point."""
