"""Coordinators' pages: the list, why a family is on it, and the decision, which shows at once. For one person on their own machine."""

from pipelines.web.app import create_app

__all__ = ["create_app"]
