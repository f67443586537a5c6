"""Reading YAML as an editor wrote it: every value with its place, every mistake with its mend."""
