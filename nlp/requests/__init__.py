"""Reading of letters rogatory and other cooperation requests: parts of the file, fields, completeness."""
