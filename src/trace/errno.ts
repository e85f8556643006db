/**
 * Error numbers of the generic ABI (include/uapi/asm-generic/errno*.h, Linux 6.12): x86, arm, arm64, riscv, s390 and, but for
 * EDEADLOCK, powerpc. MIPS, Alpha, SPARC and PA-RISC number differently above 34.
 * 512 and up never reach user space (include/linux/errno.h, 6.12), but a trace shows them: an interrupted call returns -512..-516.
 */
import { numbered } from './numbered.js';

export const ERRNO_NAMES: ReadonlyMap<number, string> = numbered(`
  1 EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD
  11 EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR
  21 EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS
  31 EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP
  42 ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT
  52 EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT
  59 EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT
  70 ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC
  80 ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ
  90 EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE
  99 EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN
  109 ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN ENOTNAM ENAVAIL
  120 EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED
  130 EOWNERDEAD ENOTRECOVERABLE ERFKILL EHWPOISON
  512 ERESTARTSYS ERESTARTNOINTR ERESTARTNOHAND ENOIOCTLCMD ERESTART_RESTARTBLOCK EPROBE_DEFER EOPENSTALE ENOPARAM
  521 EBADHANDLE ENOTSYNC EBADCOOKIE ENOTSUPP ETOOSMALL ESERVERFAULT EBADTYPE EJUKEBOX EIOCBQUEUED ERECALLCONFLICT ENOGRACE
`);

/** Name of a positive error number (2 -> `ENOENT`); undefined when the number has none. */
export const errnoName = (errno: number): string | undefined => ERRNO_NAMES.get(errno);

/** The kernel returns errors as -4095..-1 (MAX_ERRNO, include/linux/err.h). */
const MAX_ERRNO = 4095n;
const TWO_64 = 1n << 64n;
const TWO_32 = 1n << 32n;

/**
 * Error number in a syscall's return value as the trace prints it (unsigned, of the kernel's word size); undefined when it is none.
 * Rule for 32-bit kernels, which print -2 as 0xfffffffe: 2^32-4095 .. 2^32-1 is an error too. A 64-bit kernel sign-extends, so
 * there such a value would be a success: a file offset, an address or a uid just below 4 GiB. `syscallReturnText` knows those
 * calls and does not apply the rule to them.
 */
export function syscallErrno(ret: bigint): number | undefined {
  if (ret >= TWO_64 - MAX_ERRNO && ret < TWO_64) return Number(TWO_64 - ret);
  if (ret >= TWO_32 - MAX_ERRNO && ret < TWO_32) return Number(TWO_32 - ret);
  return undefined;
}
