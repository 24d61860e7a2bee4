"""Sentences, words, their grammar and their names: the spaCy pipeline and everything that hides its differences."""
