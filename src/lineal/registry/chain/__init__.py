"""Whether the tags are what was once written: rules over events and objects, pure."""
