"""Memory of reduce stages: what a stage has worked out, for its own next run. No other stage reads these tables."""
