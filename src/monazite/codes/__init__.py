"""THE CODES: materials, countries, stages and uses, each from a reviewed table."""
