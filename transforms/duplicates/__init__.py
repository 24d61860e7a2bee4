"""Copies of documents, and stories: documents about the same happening."""
