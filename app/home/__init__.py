"""First page: what the collection holds, what waits for the reader, and searches that find something here."""
