-- The links between steps of the chains that a report tells. The ids are written into the statement: as constants they reach
-- the table, so that only its matching blocks are read.
SELECT from_event_id, to_event_id, confidence
FROM link
WHERE capture_id = $capture AND from_event_id IN (:ids) AND to_event_id IN (:ids) AND from_event_id < to_event_id
ORDER BY ALL
