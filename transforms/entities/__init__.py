"""Who is mentioned: mentions and chains inside a document, and the same entities across documents."""
