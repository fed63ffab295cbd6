"""The stages of models of rows that stand for themselves."""
