"""Files that hold other files: archives, bags, e-mail."""
