"""What a provision is made of, and what model instruments ask for, element by element."""
