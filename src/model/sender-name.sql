-- The comm of a line is what the kernel had saved when the text was read; where it had forgotten it, the task's own name tells.
UPDATE signal SET sender_comm = t.comm
FROM task t
WHERE signal.capture_id = getvariable('capture_id') AND signal.sender_comm = '<...>' AND t.task_id = signal.sender_task_id AND t.comm IS NOT NULL
