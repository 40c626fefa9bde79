"""What is kept: the tables, the engines, and seeding, the only code that writes content."""
