"""The flow: verbs that read files, run the stages and publish; all input and output of the product is here."""
