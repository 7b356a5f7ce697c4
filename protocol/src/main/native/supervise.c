/*
 * enclave-supervise AGENT... -- COMMAND...
 *
 * Starts both, and stays their parent: passes signals to COMMAND, reaps every child, also those that
 * others leave to the first process of a machine, and exits as COMMAND does. When COMMAND has ended,
 * it writes how to the agent's standard input, in two bytes (kind and code, as in the frame), and
 * gives the agent time to send its last frame. What becomes of the agent never matters to COMMAND.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <fcntl.h>

#define EXITED 1
#define KILLED 2
#define LAST_WORDS_MS 250 /* unless ENCLAVE_METRICS_LAST_WORDS_MS says another */

static sigset_t original;
static pid_t agent = -1; /* -1 when it has exited */

static pid_t start(char **words, int input) {
    pid_t pid = fork();
    if (pid != 0) {
        return pid;
    }
    if (input >= 0) {
        dup2(input, STDIN_FILENO);
    }
    sigprocmask(SIG_SETMASK, &original, NULL);
    execvp(words[0], words);
    int code = errno == ENOENT ? 127 : 126;
    fprintf(stderr, "run-with-agent: cannot run %s: %s\n", words[0], strerror(errno));
    _exit(code);
}

/*
 * Closes what only COMMAND may hold, such as a pipe whose reader waits until COMMAND closes it. Keeps the
 * standard descriptors and the pipe to the agent. Not by close_range: enclaves have kernels older than that.
 */
static void close_others(const int pipe[2]) {
    DIR *open = opendir("/proc/self/fd");
    for (struct dirent *one; open != NULL && (one = readdir(open)) != NULL;) {
        int fd = atoi(one->d_name); /* 0 for . and .. */
        if (fd > STDERR_FILENO && fd != dirfd(open) && fd != pipe[0] && fd != pipe[1]) {
            close(fd);
        }
    }
    if (open != NULL) {
        closedir(open);
    }
}

/* Reaps all children that have ended; the status of the one, if it is among them. */
static int reaped(pid_t wanted, int *status) {
    int found = 0;
    int one;
    for (pid_t pid; (pid = waitpid(-1, &one, WNOHANG)) > 0;) {
        if (pid == wanted) {
            *status = one;
            found = 1;
        }
        agent = pid == agent ? -1 : agent;
    }
    return found;
}

static long long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* A slow machine may need longer; a bad value is the default. */
static long long last_words_ms(void) {
    const char *text = getenv("ENCLAVE_METRICS_LAST_WORDS_MS");
    char *end;
    long ms = text == NULL ? 0 : strtol(text, &end, 10);
    return ms >= 1 && ms <= 60000 && *end == '\0' ? ms : LAST_WORDS_MS;
}

/* Tells the agent, and waits until it has exited or its time is over. SIGPIPE is blocked. */
static void last_words(int pipe, int status) {
    unsigned char words[2] = {EXITED, (unsigned char) WEXITSTATUS(status)};
    if (WIFSIGNALED(status)) {
        words[0] = KILLED;
        words[1] = (unsigned char) WTERMSIG(status);
    }
    if (agent < 0 || write(pipe, words, sizeof words) != sizeof words) {
        return;
    }
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    long long until = now_ms() + last_words_ms();
    int ignored;
    for (long long left; reaped(0, &ignored), agent > 0 && (left = until - now_ms()) > 0;) {
        struct timespec time = {left / 1000, left % 1000 * 1000000};
        sigtimedwait(&child, NULL, &time);
    }
    if (agent > 0) {
        kill(agent, SIGKILL);
    }
}

int main(int count, char **words) {
    int separator = 1;
    while (separator < count && strcmp(words[separator], "--") != 0) {
        separator++;
    }
    if (separator < 2 || separator + 1 >= count) {
        fprintf(stderr, "usage: enclave-supervise AGENT... -- COMMAND...\n");
        return 2;
    }
    words[separator] = NULL;

    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &original);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) {
        perror("run-with-agent: pipe");
        return 1;
    }
    pid_t command = start(words + separator + 1, -1);
    if (command < 0) {
        perror("run-with-agent: fork");
        return 1;
    }
    close_others(ends);
    agent = start(words + 1, ends[0]);
    close(ends[0]);

    int status = 0;
    while (!reaped(command, &status)) {
        siginfo_t info;
        int signal_number = sigwaitinfo(&all, &info);
        /* The terminal's keys reach COMMAND too, which is in the same process group. */
        if (signal_number > 0 && signal_number != SIGCHLD && info.si_code != SI_KERNEL) {
            kill(command, signal_number);
        }
    }
    last_words(ends[1], status);
    if (!WIFSIGNALED(status)) {
        return WEXITSTATUS(status);
    }
    /* As the command did; the first process of a machine is not killed by its own signal. */
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    signal(WTERMSIG(status), SIG_DFL);
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, WTERMSIG(status));
    sigprocmask(SIG_UNBLOCK, &one, NULL);
    kill(getpid(), WTERMSIG(status));
    return 128 + WTERMSIG(status);
}
