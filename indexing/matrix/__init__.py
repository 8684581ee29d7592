"""Gap matrices: elements of a model instrument by countries, with evidence and people's verdicts."""
