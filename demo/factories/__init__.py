"""Turns the data of `demo.cast`, `demo.content` and `demo.pictures` into rows, a module for each noun.

Each factory finds what is there already and makes only what is missing. What somebody has changed since is
left as it is.
"""

from demo.factories.demonstration import Demonstration

__all__ = ["Demonstration"]
