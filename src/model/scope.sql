-- What the other steps work on: one capture, by the range of its event ids.
SET VARIABLE first_event = (SELECT coalesce(min(event_id), 0) FROM event_row WHERE capture_id = getvariable('capture_id'));
SET VARIABLE last_event = (SELECT coalesce(max(event_id), -1) FROM event_row WHERE capture_id = getvariable('capture_id'));
SET VARIABLE first_task = (SELECT coalesce(max(task_id), 0) + 1 FROM life)
