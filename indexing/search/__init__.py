"""From a question to cited hits: the query language, names, meaning, and one order of all."""
