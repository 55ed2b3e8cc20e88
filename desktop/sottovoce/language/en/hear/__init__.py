"""What English words stand for, kind by kind; `language.en.values` is the face."""
