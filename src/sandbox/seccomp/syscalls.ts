/**
 * The system calls that a session's container may make, by what they are for. Everything else is refused. It is what
 * the guest's programs, the agents and the toolchains of the base image (git, node, python, compilers, package
 * managers, test runners, small databases) were seen to use or are documented to, so a subset of the engine's own
 * default profile: what needs a capability is not in it, since the container has none, nor is what this file's
 * neighbour `refused.ts` names. Names as libseccomp knows them; one that an architecture lacks is skipped there.
 */
export const allowedSyscalls: readonly string[] = [
  // Files and folders.
  ...words(`access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2
    fadvise64 fallocate fchdir fchmod fchmodat fchmodat2 fchown fchownat fcntl fdatasync flock fstat fstatfs fsync
    ftruncate futimesat getcwd getdents getdents64 ioctl lchown link linkat lseek lstat mkdir mkdirat mknod mknodat
    newfstatat open openat openat2 pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead readlink readlinkat
    readv rename renameat renameat2 rmdir sendfile splice stat statfs statx symlink symlinkat sync sync_file_range
    syncfs tee truncate umask unlink unlinkat utime utimensat utimes vmsplice write writev cachestat`),
  // Extended attributes, which some tools copy; those that mean something to the kernel need capabilities.
  ...words(`fgetxattr flistxattr fremovexattr fsetxattr getxattr lgetxattr listxattr llistxattr lremovexattr lsetxattr
    removexattr setxattr`),
  // Waiting.
  ...words(`epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 futex futex_wait
    futex_waitv futex_wake futex_requeue inotify_add_watch inotify_init inotify_init1 inotify_rm_watch pipe pipe2 poll
    ppoll pselect6 select signalfd signalfd4 timerfd_create timerfd_gettime timerfd_settime`),
  // Memory.
  ...words(`brk madvise membarrier memfd_create mincore mlock mlock2 mlockall mmap mprotect mremap mseal msync munlock
    munlockall munmap pkey_alloc pkey_free pkey_mprotect remap_file_pages`),
  // Processes, threads and signals. `clone` has a rule of its own.
  ...words(`alarm arch_prctl capget capset execve execveat exit exit_group fork get_robust_list getcpu getegid geteuid
    getgid getgroups getitimer getpgid getpgrp getpid getppid getpriority getresgid getresuid getrlimit getrusage getsid
    gettid getuid ioprio_get ioprio_set kill pause pidfd_open pidfd_send_signal prctl prlimit64 restart_syscall rseq
    rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait
    rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam
    sched_getscheduler sched_rr_get_interval sched_setaffinity sched_setattr sched_setparam sched_setscheduler
    sched_yield set_robust_list set_tid_address setfsgid setfsuid setgid setgroups setitimer setpgid setpriority
    setregid setresgid setresuid setreuid setrlimit setsid setuid sigaltstack tgkill times tkill vfork wait4 waitid`),
  // A program that shuts itself in further.
  ...words('landlock_add_rule landlock_create_ruleset landlock_restrict_self seccomp'),
  // Time and the system's facts.
  ...words(`clock_getres clock_gettime clock_nanosleep getrandom gettimeofday nanosleep sysinfo time timer_create
    timer_delete timer_getoverrun timer_gettime timer_settime uname`),
  // Sockets. `socket` has a rule of its own.
  ...words(`accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmmsg recvmsg sendmmsg
    sendmsg sendto setsockopt shutdown socketpair`),
  // Between processes.
  ...words(`mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedsend mq_unlink msgctl msgget msgrcv msgsnd semctl
    semget semop semtimedop shmat shmctl shmdt shmget`),
  // Asynchronous files of the older kind, which databases use.
  ...words('io_cancel io_destroy io_getevents io_pgetevents io_setup io_submit'),
];

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
