package dev.enclavemetrics.launcher.nitro;

/**
 * One running enclave, as nitro-cli reports it.
 *
 * @param id its EnclaveID, which is unique
 * @param name its EnclaveName, or the id where it has none
 * @param cid its EnclaveCID, where its vsock ports are
 */
record NitroEnclave(String id, String name, long cid) {

    @Override
    public String toString() {
        return name.equals(id) ? "enclave " + id : "enclave " + name + " (" + id + ")";
    }
}
