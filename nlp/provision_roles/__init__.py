"""What a provision is to a concept: its basic offence, a special form, a connected rule, or nothing."""
