/*
 * The first process of the test machine's enclave images. It does what AWS's does (init.c of
 * aws-nitro-enclaves-sdk-bootstrap), in the same order: console, heartbeat, root, mounts, then the
 * command of the image; when that ends, the machine does. It brings up no network interface, not even
 * the loopback. /cmd and /env have one entry a line.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/vm_sockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PARENT_CID = 3, HEARTBEAT_PORT = 9000, HEARTBEAT = 0xB7, MOST_ENTRIES = 64 };

static void fail(const char *what) {
    fprintf(stderr, "init: %s: %s\n", what, strerror(errno));
    exit(1); /* the kernel panics, as it does if AWS's init fails */
}

static void must_mount(const char *type, const char *target, unsigned long flags, const char *data) {
    if (mount(type, target, type, flags, data) && errno != EBUSY) fail(target);
}

/* Tells the parent that the kernel has booted; the parent must reply with the same byte. */
static void heartbeat(void) {
    struct sockaddr_vm parent = {.svm_family = AF_VSOCK, .svm_cid = PARENT_CID, .svm_port = HEARTBEAT_PORT};
    unsigned char byte = HEARTBEAT;
    int peer = socket(AF_VSOCK, SOCK_STREAM, 0);
    if (peer < 0) fail("socket(AF_VSOCK)");
    if (connect(peer, (struct sockaddr *)&parent, sizeof parent)) fail("connect to the parent");
    if (write(peer, &byte, 1) != 1 || read(peer, &byte, 1) != 1 || byte != HEARTBEAT) fail("heartbeat");
    close(peer);
}

static void read_lines(const char *path, char **lines) {
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t size = 0, count = 0;
    ssize_t length;
    if (!file) fail(path);
    while (count < MOST_ENTRIES && (length = getline(&line, &size, file)) > 0) {
        if (line[length - 1] == '\n') line[length - 1] = 0;
        if (!(lines[count++] = strdup(line))) fail(path);
    }
    lines[count] = NULL;
    free(line);
    fclose(file);
    unlink(path);
}

static void enter_root(void) {
    if (mount("/rootfs", "/rootfs", NULL, MS_BIND, NULL) || chdir("/rootfs") ||
        mount(".", "/", NULL, MS_MOVE, NULL) || chroot(".") || chdir("/"))
        fail("/rootfs");
}

static void mount_control_groups(void) {
    char name[64], path[96], line[256];
    int hierarchy, groups, enabled;
    FILE *file = fopen("/proc/cgroups", "re");
    if (!file) fail("/proc/cgroups");
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "%63s %d %d %d", name, &hierarchy, &groups, &enabled) != 4 || !enabled) continue;
        snprintf(path, sizeof path, "/sys/fs/cgroup/%s", name);
        if (mkdir(path, 0755) || mount(name, path, "cgroup", MS_NODEV | MS_NOSUID | MS_NOEXEC, name)) fail(path);
    }
    fclose(file);
}

/* /run, /tmp and /dev/shm are noexec: a native library that is unpacked there cannot be loaded. */
static void mount_all(void) {
    const unsigned long data_only = MS_NODEV | MS_NOSUID | MS_NOEXEC;
    must_mount("devtmpfs", "/dev", MS_NOSUID | MS_NOEXEC, NULL);
    must_mount("proc", "/proc", data_only, NULL);
    must_mount("tmpfs", "/run", data_only, "mode=0755");
    must_mount("tmpfs", "/tmp", data_only, NULL);
    mkdir("/dev/shm", 0755);
    must_mount("tmpfs", "/dev/shm", data_only, NULL);
    mkdir("/dev/pts", 0755);
    must_mount("devpts", "/dev/pts", MS_NOSUID | MS_NOEXEC, NULL);
    must_mount("sysfs", "/sys", data_only, NULL);
    must_mount("tmpfs", "/sys/fs/cgroup", data_only, "mode=0755");
    mount_control_groups();
}

int main(void) {
    static char *command[MOST_ENTRIES + 1], *environment[MOST_ENTRIES + 1];
    pid_t child, ended;
    must_mount("devtmpfs", "/dev", MS_NOSUID | MS_NOEXEC, NULL);
    if (!freopen("/dev/console", "r", stdin) || !freopen("/dev/console", "w", stdout) ||
        !freopen("/dev/console", "w", stderr))
        fail("/dev/console");
    heartbeat();
    read_lines("/cmd", command);
    read_lines("/env", environment);
    enter_root();
    mount_all();

    child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        setsid();
        putenv("PATH=/sbin:/usr/sbin:/bin:/usr/bin"); /* for the search; the command has its own */
        execvpe(command[0], command, environment);
        fail(command[0]);
    }
    do ended = wait(NULL);
    while (ended != child);
    reboot(RB_AUTOBOOT);
}
