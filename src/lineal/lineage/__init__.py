"""What made what: versions, data, code, parameters, in both directions."""
