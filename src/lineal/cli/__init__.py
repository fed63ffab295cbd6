"""The command line: words in, values down, results up; the only printer."""
