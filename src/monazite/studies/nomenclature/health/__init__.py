"""Health of a code: is it alive, what does it hold, what has a revision done to it, what does trade say."""
