-- headline_found: each met headline problem with its surest criterion. Grain: household x framework x headline.
select household_id, framework_id, headline, max(confidence) as confidence
from criterion_found
group by household_id, framework_id, headline
