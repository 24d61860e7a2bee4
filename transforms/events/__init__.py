"""Events: what a sentence reports, when it happened, and which reports tell the same event."""
