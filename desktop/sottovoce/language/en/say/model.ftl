# What is said in place of a language model's sentence that is not true.

model-not-in-files = I can't tell that from your files.
model-can-not-act = I can't do that: I can only answer.
