"""Arithmetic of the estimators, on NumPy arrays and plain numbers only.

Nothing here knows a case, a record or a word of a report, so that each formula can be checked
against its paper line by line.
"""
