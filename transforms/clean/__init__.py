"""Cleaning: which raw lines are the article, and its text with every character traceable."""
