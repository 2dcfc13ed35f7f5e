// Slow twins.
