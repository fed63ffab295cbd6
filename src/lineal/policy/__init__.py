"""May this happen? Rules yield findings, and a decision is their sum."""
