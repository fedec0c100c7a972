"""Documents: what a result says, once, for a terminal, a page and Markdown alike."""
