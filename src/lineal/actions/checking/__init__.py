"""Judging tags that others made, as if they were being made now."""
