"""Page layout analysis: from words or an image to paragraphs and tables in reading order."""
