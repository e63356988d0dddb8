-- Detectors that throw and claims that fell silent are alarms since 000086, which reads the folds themselves.
alter table guard.position
  drop column thrown,
  drop column claims_fell_silent;
