"""Across reports: copies, actors, one act in many reports, series and what changes in them."""
