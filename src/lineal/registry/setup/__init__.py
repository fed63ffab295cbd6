"""Whether a repository is set up for a registry: rules over its settings, pure."""
