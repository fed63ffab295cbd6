"""What a forecast may look at, computed at its origin."""
