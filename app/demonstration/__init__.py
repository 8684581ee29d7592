"""The demonstration corpus: invented letters rogatory, statutes, judgments and annexes of realistic kinds.

Each file has its ground truth beside it as JSON. Nothing describes a real case.
"""
