"""The tables of the room."""

from cantiere.foundation.places.models.figures import Band, Boundary, Residents
from cantiere.foundation.places.models.names import fold
from cantiere.foundation.places.models.place import Place, Succession, called

__all__ = ["Band", "Boundary", "Place", "Residents", "Succession", "called", "fold"]
