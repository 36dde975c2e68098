"""onrecord puts a news story on the record: published, changed, copied, said, and where from."""

__version__ = "0.1.0"
