"""Rules of a desk: what its decisions on earlier letters say of later proposals."""
