"""THE ANSWERS: a result, its charts, files and report."""
