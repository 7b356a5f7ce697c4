/* Prints PCR0, PCR1 and PCR2 as the security module has them (/dev/nsm), in hexadecimal. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

enum { DIGEST_BYTES = 48 };

struct part { uint64_t address, length; };
struct message { struct part request, response; }; /* nsm_raw of linux/nsm.h */

int main(void) {
    int module = open("/dev/nsm", O_RDWR);
    if (module < 0) return perror("/dev/nsm"), 1;
    for (int index = 0; index < 3; index++) {
        /* {"DescribePCR": {"index": N}}; the response is {"DescribePCR": {"lock": true, "data": BYTES}}. */
        char request[] = "\xa1\x6b" "DescribePCR" "\xa1\x65" "index" "\0";
        unsigned char response[512], *data;
        size_t length = sizeof request - 1;
        struct message message = {{(uintptr_t)request, length}, {(uintptr_t)response, sizeof response}};
        request[length - 1] = (char)index;
        if (ioctl(module, _IOWR(0x0A, 0x0, struct message), &message)) return perror("DescribePCR"), 1;
        data = memmem(response, message.response.length, "\x64" "data" "\x58\x30", 7);
        if (!data || data + 7 + DIGEST_BYTES > response + message.response.length)
            return fprintf(stderr, "DescribePCR: expected a digest of %d bytes\n", DIGEST_BYTES), 1;
        printf("PCR%d ", index);
        for (int i = 0; i < DIGEST_BYTES; i++) printf("%02x", data[7 + i]);
        printf("\n");
    }
    return 0;
}
