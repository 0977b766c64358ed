"""Plain Python: rules and computations that know neither Django nor a database."""
