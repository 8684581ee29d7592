"""Elements of provisions and of model instruments."""
