"""A user's own decisions: ids turned into the member keys of the file, rows added, and what came of them."""
