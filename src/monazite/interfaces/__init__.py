"""THE DOORS: they translate, never calculate."""
