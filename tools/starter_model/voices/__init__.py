"""The synthetic voices of the training speech, each source a list of utterances that its seed decides."""
