"""Results become views: words, tables, plots; no decisions."""
