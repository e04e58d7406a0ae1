"""What must be true: Great Expectations suites with plain-English descriptions, made from the declarations in `schemas/`."""
