"""From work tables to the tables that people see."""
