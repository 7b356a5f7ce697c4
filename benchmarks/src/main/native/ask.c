/* Asks until it is answered: the probe of compare-agent, since wget and curl know no vsock.
 * usage: ask unix:PATH|tcp:PORT|vsock:CID:PORT [HTTP-PATH]
 * Connects anew each millisecond until somebody answers: with a byte, or, if HTTP-PATH is given,
 * with the status 200, after which it reads to the end. Exit code 1 after 60 s. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <linux/vm_sockets.h>
#include <time.h>
#include <unistd.h>

static int connected(const char *endpoint) {
    union {
        struct sockaddr any;
        struct sockaddr_un un;
        struct sockaddr_in in;
        struct sockaddr_vm vm;
    } address;
    socklen_t length;
    unsigned cid, port;
    memset(&address, 0, sizeof address);
    if (strncmp(endpoint, "unix:", 5) == 0 && strlen(endpoint + 5) < sizeof address.un.sun_path) {
        address.un.sun_family = AF_UNIX;
        strcpy(address.un.sun_path, endpoint + 5);
        length = sizeof address.un;
    } else if (sscanf(endpoint, "tcp:%u", &port) == 1) {
        address.in.sin_family = AF_INET;
        address.in.sin_port = htons(port);
        address.in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        length = sizeof address.in;
    } else if (sscanf(endpoint, "vsock:%u:%u", &cid, &port) == 2) {
        address.vm.svm_family = AF_VSOCK;
        address.vm.svm_cid = cid;
        address.vm.svm_port = port;
        length = sizeof address.vm;
    } else {
        fprintf(stderr, "ask: expected unix:PATH, tcp:PORT or vsock:CID:PORT, found %s\n", endpoint);
        exit(2);
    }
    int fd = socket(address.any.sa_family, SOCK_STREAM, 0);
    if (fd >= 0 && connect(fd, &address.any, length) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static int answered(int fd, const char *path) {
    static char buffer[65536];
    if (path != NULL) {
        int length = snprintf(buffer, sizeof buffer, "GET %s HTTP/1.0\r\n\r\n", path);
        if (write(fd, buffer, length) != length) {
            return 0;
        }
    }
    ssize_t count = read(fd, buffer, sizeof buffer - 1);
    if (count <= 0 || path == NULL) {
        return count > 0;
    }
    buffer[count] = '\0';
    int ok = strncmp(buffer, "HTTP/1.0 200", 12) == 0;
    while (read(fd, buffer, sizeof buffer) > 0) {
    }
    return ok;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: ask ENDPOINT [HTTP-PATH]\n");
        return 2;
    }
    time_t until = time(NULL) + 60;
    while (time(NULL) < until) {
        int fd = connected(argv[1]);
        if (fd >= 0) {
            int ok = answered(fd, argc > 2 ? argv[2] : NULL);
            close(fd);
            if (ok) {
                return 0;
            }
        }
        usleep(1000);
    }
    fprintf(stderr, "ask: nobody answered at %s within 60 s\n", argv[1]);
    return 1;
}
