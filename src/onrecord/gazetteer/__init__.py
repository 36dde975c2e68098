"""Leaf room: outlets, agencies, places and offices, as small sourced tables that users extend."""

from onrecord.gazetteer.outlets import Outlets, load_outlets
from onrecord.gazetteer.places import Gazetteer, load_gazetteer

__all__ = ["Gazetteer", "Outlets", "load_gazetteer", "load_outlets"]
