"""The demonstration corpus: letters rogatory, statutes, judgments and annexes of existing kinds and invented content.

Every file has its ground truth beside it as JSON. Nothing here describes a real case.
"""
