"""Finding out what rules ask for, and asking them."""
