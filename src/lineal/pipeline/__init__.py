"""One DVC stage a module: a pure function and a thin main."""
