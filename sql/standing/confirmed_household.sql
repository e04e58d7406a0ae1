-- confirmed_household: households whose confirmation stands, and the decision. Grain: household.
select household_id, decision_id from decision_now where decision = 'confirm'
