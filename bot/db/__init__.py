"""The only place that knows SQLAlchemy: what is stored, and how it is found again."""

from .unit_of_work import AlreadyHandled, Clock, Database, UnitOfWork

__all__ = ["AlreadyHandled", "Clock", "Database", "UnitOfWork"]
