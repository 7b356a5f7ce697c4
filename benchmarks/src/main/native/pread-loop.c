/* The peer of the sampler: the two positional reads that it makes, and nothing else.
 * usage: pread-loop COUNT; prints the mean of one round, in ns of CPU time. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
    static char buffer[65536];
    long count = argc > 1 ? atol(argv[1]) : 100000;
    int stat = open("/proc/stat", O_RDONLY);
    int meminfo = open("/proc/meminfo", O_RDONLY);
    struct timespec from, to;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
    for (long i = 0; i < count; i++) {
        if (pread(stat, buffer, sizeof buffer, 0) <= 0 || pread(meminfo, buffer, sizeof buffer, 0) <= 0) {
            perror("pread");
            return 1;
        }
    }
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    printf("%.1f\n", ((to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec)) / count);
    return 0;
}
