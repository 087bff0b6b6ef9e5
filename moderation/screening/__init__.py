"""Screening: what happens to a comment when it comes in, before people look (decision 36)."""
