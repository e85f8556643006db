/** System V IPC and message queues: arguments and result by syscall. Data; src/trace/syscall-args.ts explains the notation. */
export const IPC_SYSCALLS = `
  mq_getsetattr mqdes u_mqstat:ptr u_omqstat:ptr
  mq_notify mqdes u_notification:ptr
  mq_open u_name:ptr oflag:open mode u_attr:ptr -> fd
  mq_timedreceive,mq_timedreceive_time32 mqdes u_msg_ptr:ptr msg_len u_msg_prio:ptr u_abs_timeout:ptr -> bytes
  mq_timedsend,mq_timedsend_time32 mqdes u_msg_ptr:ptr msg_len msg_prio:uint u_abs_timeout:ptr
  mq_unlink u_name:ptr
  msgctl msqid:int cmd:msgctl_cmd buf -> int
  msgget key:int msgflg:ipc_get -> int
  msgrcv msqid:int msgp:ptr msgsz msgtyp:long msgflg:msg_ipc -> bytes
  msgsnd msqid:int msgp:ptr msgsz msgflg:msg_ipc
  semctl semid:int semnum:int cmd:semctl_cmd arg -> int
  semget key:int nsems:int semflg:ipc_get -> int
  semop semid:int tsops:ptr nsops:uint
  semtimedop,semtimedop_time32 semid:int tsops:ptr nsops:uint timeout:ptr
  shmat shmid:int shmaddr:ptr shmflg:shmat -> addr
  shmctl shmid:int cmd:shmctl_cmd buf -> int
  shmdt shmaddr:ptr
  shmget key:int size shmflg:ipc_get -> int
`;
