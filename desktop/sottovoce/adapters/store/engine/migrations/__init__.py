"""The schema's steps, one numbered .sql file each; a file that was released is never changed."""
