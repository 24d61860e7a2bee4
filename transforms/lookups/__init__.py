"""Facts and words as data files, each row with its basis, and the module that reads what tells actors apart."""
