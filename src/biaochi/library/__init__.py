"""The library 学习文库: documents in, read page by page, searched, quoted with their place."""
