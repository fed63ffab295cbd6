"""A repository for a user's own data: what is written into it, and how."""
