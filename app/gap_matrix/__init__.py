"""Gap matrices: elements of a model instrument by countries, with proposals and verdicts."""
