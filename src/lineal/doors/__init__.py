"""The only places that touch the outside: programs, environment, clock."""
