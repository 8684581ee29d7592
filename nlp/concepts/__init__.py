"""Legal concepts, and which of them a query or a provision is about."""
