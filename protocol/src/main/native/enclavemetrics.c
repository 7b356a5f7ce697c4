/*
 * The system calls of dev.enclavemetrics.transport.SocketCalls. Each function makes one call, repeats
 * it while it is interrupted, and returns its result or -errno. No state, no allocation: what is sent
 * and received goes through the stack, a frame of at most 1024 bytes in one piece.
 *
 * And the search in the application's exposition, which the agent's interpreter would be slow at.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <jni.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>
#include <fcntl.h>

#define CALL(type, name) JNIEXPORT type JNICALL Java_dev_enclavemetrics_transport_JniSocketCalls_##name
#define CHUNK 1024
#define RECEIVE_CHUNK 16384
#define RETRY(result, call) do { (result) = (call); } while ((result) < 0 && errno == EINTR)

#ifndef MSG_NOSIGNAL /* macOS: HotSpot ignores SIGPIPE there as everywhere */
#define MSG_NOSIGNAL 0
#endif

/* uapi/linux/vm_sockets.h, which a C library without kernel headers lacks */
#define VSOCK_FAMILY 40
#define SO_VM_SOCKETS_BUFFER_SIZE 0
#define SO_VM_SOCKETS_BUFFER_MIN_SIZE 1
#define SO_VM_SOCKETS_BUFFER_MAX_SIZE 2

static jint outcome(ssize_t result) {
    return result < 0 ? -errno : (jint) result;
}

/* Copies a sockaddr out of Java; 0 if it does not fit, which the kernel then refuses. */
static socklen_t address_of(JNIEnv *env, jbyteArray bytes, struct sockaddr_storage *address) {
    jsize length = (*env)->GetArrayLength(env, bytes);
    if ((size_t) length > sizeof *address) {
        return 0;
    }
    (*env)->GetByteArrayRegion(env, bytes, 0, length, (jbyte *) address);
    return (socklen_t) length;
}

CALL(jint, socket)(JNIEnv *env, jobject self, jint family) {
    (void) env, (void) self;
#ifdef SOCK_CLOEXEC
    return outcome(socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
#else
    int fd = socket(family, SOCK_STREAM, 0);
    if (fd >= 0) {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    return outcome(fd);
#endif
}

CALL(jint, bind)(JNIEnv *env, jobject self, jint fd, jbyteArray bytes) {
    (void) self;
    struct sockaddr_storage address;
    socklen_t length = address_of(env, bytes, &address);
    return outcome(bind(fd, (struct sockaddr *) &address, length));
}

CALL(jint, openPath)(JNIEnv *env, jobject self, jbyteArray bytes) {
    (void) self;
#ifdef O_PATH
    char path[sizeof ((struct sockaddr_un *) 0)->sun_path + 1] = {0};
    jsize length = (*env)->GetArrayLength(env, bytes);
    if ((size_t) length >= sizeof path) {
        return -ENAMETOOLONG;
    }
    (*env)->GetByteArrayRegion(env, bytes, 0, length, (jbyte *) path);
    int result;
    RETRY(result, open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC));
    return outcome(result);
#else
    (void) env, (void) bytes;
    return -ENOSYS;
#endif
}

CALL(jint, listen)(JNIEnv *env, jobject self, jint fd, jint backlog) {
    (void) env, (void) self;
    return outcome(listen(fd, backlog));
}

CALL(jint, accept)(JNIEnv *env, jobject self, jint fd) {
    (void) env, (void) self;
    int result;
#ifdef SOCK_CLOEXEC
    RETRY(result, accept4(fd, NULL, NULL, SOCK_CLOEXEC));
#else
    RETRY(result, accept(fd, NULL, NULL));
    if (result >= 0) {
        fcntl(result, F_SETFD, FD_CLOEXEC);
    }
#endif
    return outcome(result);
}

CALL(jint, connect)(JNIEnv *env, jobject self, jint fd, jbyteArray bytes) {
    (void) self;
    struct sockaddr_storage address;
    socklen_t length = address_of(env, bytes, &address);
    int result;
    RETRY(result, connect(fd, (struct sockaddr *) &address, length));
    return outcome(result);
}

CALL(jint, send)(JNIEnv *env, jobject self, jint fd, jbyteArray bytes, jint offset, jint length, jboolean wait) {
    (void) self;
    jbyte chunk[CHUNK];
    jint count = length < CHUNK ? length : CHUNK;
    (*env)->GetByteArrayRegion(env, bytes, offset, count, chunk);
    if ((*env)->ExceptionCheck(env)) {
        return -EINVAL;
    }
    ssize_t result;
    RETRY(result, send(fd, chunk, (size_t) count, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT)));
    return outcome(result);
}

CALL(jint, receive)(JNIEnv *env, jobject self, jint fd, jbyteArray bytes, jint offset, jint length, jboolean wait) {
    (void) self;
    jbyte chunk[RECEIVE_CHUNK];
    jint count = length < RECEIVE_CHUNK ? length : RECEIVE_CHUNK;
    ssize_t result;
    RETRY(result, recv(fd, chunk, (size_t) count, wait ? 0 : MSG_DONTWAIT));
    if (result > 0) {
        (*env)->SetByteArrayRegion(env, bytes, offset, (jsize) result, chunk);
    }
    return outcome(result);
}

static int set_timeout(int fd, int option, jint ms) {
    struct timeval time = {.tv_sec = ms / 1000, .tv_usec = (ms % 1000) * 1000};
    return setsockopt(fd, SOL_SOCKET, option, &time, sizeof time);
}

CALL(jint, timeouts)(JNIEnv *env, jobject self, jint fd, jint receive_ms, jint send_ms) {
    (void) env, (void) self;
    int result = set_timeout(fd, SO_RCVTIMEO, receive_ms);
    return outcome(result < 0 ? result : set_timeout(fd, SO_SNDTIMEO, send_ms));
}

CALL(jint, bufferBytes)(JNIEnv *env, jobject self, jint fd, jint family, jint bytes) {
    (void) env, (void) self;
    if (family != VSOCK_FAMILY) {
        return outcome(setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes));
    }
    /* The kernel clamps the size to min and max, so those are lowered first. */
    unsigned long long size = (unsigned long long) bytes;
    int result = setsockopt(fd, VSOCK_FAMILY, SO_VM_SOCKETS_BUFFER_MIN_SIZE, &size, sizeof size);
    if (result == 0) {
        result = setsockopt(fd, VSOCK_FAMILY, SO_VM_SOCKETS_BUFFER_MAX_SIZE, &size, sizeof size);
    }
    if (result == 0) {
        result = setsockopt(fd, VSOCK_FAMILY, SO_VM_SOCKETS_BUFFER_SIZE, &size, sizeof size);
    }
    return outcome(result);
}

CALL(jint, peerName)(JNIEnv *env, jobject self, jint fd, jbyteArray bytes) {
    (void) self;
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    if (getpeername(fd, (struct sockaddr *) &address, &length) < 0) {
        return -errno;
    }
    jsize room = (*env)->GetArrayLength(env, bytes);
    jsize count = (jsize) length < room ? (jsize) length : room;
    (*env)->SetByteArrayRegion(env, bytes, 0, count, (jbyte *) &address);
    return count;
}

CALL(jint, shutdown)(JNIEnv *env, jobject self, jint fd) {
    (void) env, (void) self;
    return outcome(shutdown(fd, SHUT_RDWR));
}

CALL(jint, close)(JNIEnv *env, jobject self, jint fd) {
    (void) env, (void) self;
    return outcome(close(fd)); /* not repeated on EINTR: Linux has closed it */
}

static int is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
}

/* Whether a line begins with one of the names; each is its length in a byte, then its bytes. */
static int begins_with_name(const char *line, size_t length, const char *names, size_t names_length) {
    for (size_t at = 0; at < names_length && at + 1 + (unsigned char) names[at] <= names_length;) {
        size_t name_length = (unsigned char) names[at];
        if (name_length < length && line[0] == names[at + 1] && memcmp(line, names + at + 1, name_length) == 0
            && !is_name_char(line[name_length])) {
            return 1;
        }
        at += 1 + name_length;
    }
    return 0;
}

/* dev.enclavemetrics.agent.application.LineFinder.find */
JNIEXPORT jint JNICALL Java_dev_enclavemetrics_agent_application_LineFinder_find0(
    JNIEnv *env, jclass self, jbyteArray text_bytes, jint from, jint to, jbyteArray name_bytes) {
    (void) self;
    jsize names_length = (*env)->GetArrayLength(env, name_bytes);
    if (from < 0 || to < from || to > (*env)->GetArrayLength(env, text_bytes)) {
        return -1 - from;
    }
    char names[8192];
    if ((size_t) names_length > sizeof names) {
        return -1 - from;
    }
    (*env)->GetByteArrayRegion(env, name_bytes, 0, names_length, (jbyte *) names);
    char *text = (*env)->GetPrimitiveArrayCritical(env, text_bytes, NULL);
    if (text == NULL) {
        return -1 - from;
    }
    jint at = from;
    jint found = -1;
    while (at < to && found < 0) {
        const char *end = memchr(text + at, '\n', (size_t) (to - at));
        if (end == NULL) {
            break;
        }
        if (begins_with_name(text + at, (size_t) (end - text - at) + 1, names, (size_t) names_length)) {
            found = at;
        } else {
            at = (jint) (end - text) + 1;
        }
    }
    (*env)->ReleasePrimitiveArrayCritical(env, text_bytes, text, JNI_ABORT);
    return found < 0 ? -1 - at : found;
}
