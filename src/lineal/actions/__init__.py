"""The verbs that write: each plans one tag, and a recorder writes it or nothing."""
