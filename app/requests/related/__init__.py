"""What a request is related to: similar requests with their outcome, and other files that name the same parties."""
