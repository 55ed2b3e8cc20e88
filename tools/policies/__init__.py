"""Everything that is made from the table of policies: the program's own table, schema, page, templates, samples."""
