"""What a folder of documents says, by topic, as a report's template that nobody had to write."""
