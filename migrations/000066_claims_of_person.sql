-- A claim that is taken back: whether another one of the same house explains the person still is looked up, not
-- searched for among all claims.
create index claim_of_person on claims.claim (subject, organisation) where state = 2;
