"""What the data is: the vocabulary of columns, one class a table, the ontology, the errors."""
