"""The wiring: what a command needs, put together from the doors and the parts."""
