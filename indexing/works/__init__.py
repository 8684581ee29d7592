"""Laws as works with versions, by the day on which each is in force."""
