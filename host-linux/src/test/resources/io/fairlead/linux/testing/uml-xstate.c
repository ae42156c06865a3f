/*
 * Preloaded into User-Mode Linux 6.1 on processors with AMX. It hands PTRACE_SETREGSET as much of a process's extended state
 * as it knows, 2,696 bytes up to AVX-512; the kernel takes the whole or nothing (arch/x86/kernel/fpu/regset.c) and answers
 * EFAULT. What User-Mode Linux does not know it never lets a process change, so that zeros, the initial state, are right.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* linux/ptrace.h and linux/elf.h, whose ptrace() would clash with ours. */
#define PTRACE_PEEKTEXT 1
#define PTRACE_PEEKUSER 3
#define PTRACE_GETREGSET 0x4204
#define PTRACE_SETREGSET 0x4205
#define NT_X86_XSTATE 0x202

#define XSTATE_BYTES_MAX 65536
#define HEADER_AT 512         /* the first word of the header says which parts are not in their initial state */
#define AMX_PARTS (3UL << 17) /* XTILECFG and XTILEDATA */

static long set_xstate(int pid, const struct iovec *known)
{
    static unsigned char whole[XSTATE_BYTES_MAX];
    static size_t size;
    struct iovec all = { whole, sizeof whole };
    unsigned long parts;

    if (size == 0) {
        if (syscall(SYS_ptrace, PTRACE_GETREGSET, pid, NT_X86_XSTATE, &all) < 0)
            return -1;
        size = all.iov_len;
    }
    memset(whole, 0, size);
    memcpy(whole, known->iov_base, known->iov_len < size ? known->iov_len : size);
    memcpy(&parts, whole + HEADER_AT, sizeof parts);
    parts &= ~AMX_PARTS;
    memcpy(whole + HEADER_AT, &parts, sizeof parts);
    all.iov_len = size;
    return syscall(SYS_ptrace, PTRACE_SETREGSET, pid, NT_X86_XSTATE, &all);
}

long ptrace(int request, ...)
{
    va_list arguments;
    va_start(arguments, request);
    int pid = va_arg(arguments, int);
    void *address = va_arg(arguments, void *);
    void *data = va_arg(arguments, void *);
    va_end(arguments);

    if (request == PTRACE_SETREGSET && (long) address == NT_X86_XSTATE)
        return set_xstate(pid, data);
    if (request >= PTRACE_PEEKTEXT && request <= PTRACE_PEEKUSER) {
        long word; /* the C library returns what the kernel stores */
        if (syscall(SYS_ptrace, request, pid, address, &word) < 0)
            return -1;
        errno = 0;
        return word;
    }
    return syscall(SYS_ptrace, request, pid, address, data);
}
