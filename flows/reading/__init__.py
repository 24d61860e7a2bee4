"""Reading: files, folders, globs and standard input as a stream of documents, whatever they are packed in."""
