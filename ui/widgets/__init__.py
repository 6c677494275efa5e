"""Pieces of pages: each shows one part of a View or asks for one part of a query."""
