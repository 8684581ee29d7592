"""Comparison of provisions: by concept across countries, or two side by side."""
