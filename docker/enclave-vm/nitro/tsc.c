/* Prints the frequency of this machine's time stamp counter in kHz, measured over half a second. */
#include <stdio.h>
#include <time.h>
#include <x86intrin.h>

static double nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e9 + now.tv_nsec;
}

int main(void) {
    double began = nanoseconds();
    unsigned long long counter = __rdtsc();
    nanosleep(&(struct timespec){.tv_nsec = 500000000}, NULL);
    printf("%.0f\n", (__rdtsc() - counter) * 1e6 / (nanoseconds() - began));
    return 0;
}
