"""Working rooms: a comparison that several people work at, with comments and frozen versions."""
