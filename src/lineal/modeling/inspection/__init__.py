"""A look at a table that nothing is known about: how it is written, what it holds.

Pure: `lineal.bootstrap.inspecting` opens the file and hands over its parts.
"""
