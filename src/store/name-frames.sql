-- Frames of the capture that are an address alone (a kernel built without symbols) -> function, by the capture's kallsym. Code only,
-- and no function is a megabyte long: behind the last one of the kernel or of a module there is none.
UPDATE stack_frame AS f SET symbol = n.symbol, "offset" = n.distance, module = n.module
FROM (
  SELECT a.address, k.symbol, k.module, k.type, a.address - k.address AS distance
  FROM (SELECT DISTINCT address FROM stack_frame WHERE symbol IS NULL AND space = 'kernel' AND address IS NOT NULL) a
  ASOF JOIN (FROM kallsym WHERE capture_id = getvariable('capture_id')) k ON a.address >= k.address
) n
WHERE f.symbol IS NULL AND f.space = 'kernel' AND f.address = n.address
  AND n.type IN ('t', 'T', 'w', 'W') AND n.distance < 1048576
  AND f.stack_id IN (
    SELECT s.stack_id FROM event_stack s JOIN event_row e USING (event_id) WHERE e.capture_id = getvariable('capture_id'))
