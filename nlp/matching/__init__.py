"""Whether two records of a person or a company are the same one: names, birth dates and documents compared."""
