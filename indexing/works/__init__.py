"""Laws as FRBR works with expressions in force at a date."""
