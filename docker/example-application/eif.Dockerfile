# An enclave's image file in a container image, with a shell to copy it from there to a volume.
# docker/push builds it; kubernetes/examples/enclave.yaml uses it.
FROM docker.io/library/busybox:1.37.0-musl@sha256:fc6dddc4c44b1bfe37f41cae8e67d1693828e8f42a91862816d7953e2c9d3f23
COPY app.eif /
