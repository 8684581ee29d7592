"""HTML, Markdown, XML and JSON."""
