"""A model registry and training pipeline whose only database is Git."""

__version__ = "0.1.0"
