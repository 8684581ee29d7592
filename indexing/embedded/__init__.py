"""The embedded engine: an index and files of vectors on disk, without a server."""
