-- Figures that passed at a stage's gates in the run before. Grain: suite x expectation.
-- A skeleton: pipelines.judged puts in the stage.
select suite, expectation, limit_count, unexpected_count
from earlier.carried.passed_{stage}
