"""Question packs: the questions as YAML, the models that check them, the loader."""
