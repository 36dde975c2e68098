"""Captures of one article -> Reading each, folded into Article and Versions."""
