"""Related files of a request: similar requests with their outcome, and other files with the same parties."""
