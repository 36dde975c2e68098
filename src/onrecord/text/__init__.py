"""Leaf room: offsets and maps between texts, folding, quotation marks, names, written times. Pure."""
