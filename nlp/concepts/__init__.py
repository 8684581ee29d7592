"""The layer of legal concepts, and which of them a question or a provision is about."""
