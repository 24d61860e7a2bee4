"""The commands of `annals`, thin: each imports what it needs only when it runs, so that --help is quick."""
