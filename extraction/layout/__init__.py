"""The layout of a page, from words or an image to paragraphs and tables in reading order."""
