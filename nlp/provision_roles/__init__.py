"""Role of a provision for a concept: basic offence, special form, connected rule, or none."""
