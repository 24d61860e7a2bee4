"""The dataset folder: archive of raw bytes, work that can be found again, versions that people read."""
