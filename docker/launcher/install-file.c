/*
 * Copies a file to a node, since the image has no shell. Runs in the chart's DaemonSet.
 *
 *   install-file FROM TO   copies a file; the kubelet never reads half of it, since it is renamed into place
 *   install-file           waits for SIGTERM or SIGINT
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_PATH = 4096, FILE_MODE = 0644 };

static int fail(const char *what, const char *path) {
    fprintf(stderr, "install-file: cannot %s %s: %s\n", what, path, strerror(errno));
    return 1;
}

static int copy(int from, int to) {
    char buffer[8192];
    ssize_t count;
    while ((count = read(from, buffer, sizeof buffer)) > 0) {
        for (ssize_t done = 0; done < count;) {
            ssize_t written = write(to, buffer + done, (size_t) (count - done));
            if (written < 0) {
                return -1;
            }
            done += written;
        }
    }
    return (int) count;
}

static int install(const char *from, const char *to) {
    char part[MAX_PATH];
    if ((size_t) snprintf(part, sizeof part, "%s.part", to) >= sizeof part) {
        errno = ENAMETOOLONG;
        return fail("write", to);
    }
    int in = open(from, O_RDONLY | O_CLOEXEC);
    if (in < 0) {
        return fail("read", from);
    }
    int out = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    if (out < 0) {
        return fail("write", part);
    }
    if (copy(in, out) < 0 || fchmod(out, FILE_MODE) < 0 || fsync(out) < 0 || close(out) < 0) {
        return fail("write", part);
    }
    if (rename(part, to) < 0) {
        return fail("rename to", to);
    }
    return 0;
}

/* The first process of a container ignores signals that it does not handle or wait for. */
static int wait_for_signal(void) {
    sigset_t ends;
    int received;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    return sigwait(&ends, &received);
}

int main(int count, char **arguments) {
    if (count == 1) {
        return wait_for_signal();
    }
    if (count != 3) {
        fprintf(stderr, "install-file: must have FROM and TO, or no argument, found %d arguments\n", count - 1);
        return 2;
    }
    return install(arguments[1], arguments[2]);
}
