# shellcheck shell=bash
# Kernel, busybox and JDK for every boot, sourced by run and launch. All of it is
# kept in a cache; filling that takes a download of some 30 MB and some seconds.

cache=${XDG_CACHE_HOME:-${HOME:?must be set, or else XDG_CACHE_HOME}/.cache}/enclave-metrics/enclave-vm

# In load order. Over loopback the peer has CID 1; the last one connects the VM with its host, if the VM
# has a vsock device.
modules=(virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci
    vsock vmw_vsock_virtio_transport_common vsock_loopback vmw_vsock_virtio_transport)

# What agent and launcher need; Netty and jnr need jdk.unsupported.
jdk_modules=java.base,java.instrument,java.logging,java.management,java.naming,java.xml,jdk.net,jdk.unsupported

require_tools() {
    local tool package missing=''
    while read -r tool package; do
        command -v "$tool" >/dev/null || missing+=" $package"
    done <<<"qemu-system-x86_64 qemu-system-x86
cpio cpio
ldd libc-bin
xz xz-utils"
    [ -z "$missing" ] || fail "missing: apt-get install --no-install-recommends$missing"
}

# debian_package NAME FOLDER: unpacks Debian's newest package of that name.
debian_package() {
    (cd "$2" && apt-get download "$1" && dpkg-deb -x ./*.deb .) >"$2/log" 2>&1 || {
        cat "$2/log" >&2
        fail "Debian's package $1 cannot be fetched: try apt-get update"
    }
}

# keep FOLDER: renames cache/NAME.xxxxxx to cache/NAME and prints the new path.
# The rename is atomic, so that parallel or interrupted runs leave nothing
# incomplete.
keep() {
    chmod 755 "$1"
    mv -T "$1" "${1%.*}" 2>/dev/null || rm -rf "$1"
    echo "${1%.*}"
}

# Prints a folder with vmlinuz and the modules of Debian's cloud kernel.
provide_kernel() {
    local package files folder module key
    key=$(sha256sum <<<"${modules[*]}")
    key=kernel-${key:0:16}
    [ ! -d "$cache/$key" ] || { echo "$cache/$key" && return; }
    package=$(apt-cache depends linux-image-cloud-amd64 2>/dev/null |
        sed -n 's/^ *Depends: \(linux-image-[^ ]*\)$/\1/p') || true
    [ -n "$package" ] || fail "apt knows no linux-image-cloud-amd64: this needs Debian, and apt-get update"
    files=$(mktemp -d "$cache/files.XXXXXX")
    debian_package "$package" "$files"
    rm -rf "$cache"/kernel "$cache"/kernel-*
    folder=$(mktemp -d "$cache/$key.XXXXXX")
    cp "$files"/boot/vmlinuz-* "$folder/vmlinuz"
    for module in "${modules[@]}"; do
        find "$files" -name "$module.ko*" -exec cp {} "$folder" \;
    done
    # Newer Debian kernels compress their modules.
    find "$folder" -name '*.xz' -exec xz -d {} +
    echo "$package" >"$folder/version"
    rm -rf "$files"
    keep "$folder"
}

# Prints a folder with a static busybox.
provide_busybox() {
    local files folder
    [ ! -d "$cache/busybox" ] || { echo "$cache/busybox" && return; }
    files=$(mktemp -d "$cache/files.XXXXXX")
    debian_package busybox-static "$files"
    folder=$(mktemp -d "$cache/busybox.XXXXXX")
    find "$files" -path '*/bin/busybox' -exec cp {} "$folder" \;
    rm -rf "$files"
    keep "$folder"
}

# Prints the newest JDK, 21 or newer, of /usr/lib/jvm, else the machine's default.
find_jdk() {
    local home newest
    newest=$(for home in /usr/lib/jvm/*/; do
        [ ! -x "$home/bin/jlink" ] ||
            sed -n "s|^JAVA_VERSION=\"\(.*\)\"|\1 ${home%/}|p" "$home/release"
    done | sort -V | tail -n 1)
    home=${newest#* }
    if [ "${newest%%[. ]*}" -lt 21 ] 2>/dev/null || [ -z "$newest" ]; then
        home=$(readlink -f "$(command -v javac || true)")
        home=${JAVA_HOME:-${home%/bin/javac}}
    fi
    [ -x "$home/bin/jlink" ] || fail "no JDK with jlink: apt-get install openjdk-17-jdk-headless, or set JAVA_HOME"
    echo "$home"
}

# archive FOLDER: prints an initramfs, uncompressed, since the VM unpacks slowly.
archive() { (cd "$1" && find . -mindepth 1 | cpio --quiet --create --format=newc --owner=0:0); }

# Prints the shared libraries of this machine that the files of a folder need.
machine_libraries() {
    find "$1" -type f \( -name '*.so' -o -path '*/bin/java' \) -exec ldd {} + |
        sed -n 's/^[^/]*\(\/[^ ]*\) (0x.*/\1/p' | grep -v "^$1" | sort -u
}

copy_libraries() { # TREE FOLDER: copies those that the files of FOLDER need into TREE
    local library
    machine_libraries "$2" | while read -r library; do
        mkdir -p "$1${library%/*}"
        cp -L "$library" "$1$library"
    done
}

# Prints the archive of busybox, modules and JDK; rebuilt when one changes.
# shellcheck disable=SC2154 # run sets the variables
provide_base() {
    local key file tree
    key=$(cat "$here/image.sh" "$kernel/version" "$busybox/busybox" "$jdk/release" | sha256sum)
    file=$cache/base-${key:0:16}.cpio
    [ ! -f "$file" ] || { echo "$file" && return; }
    tree=$(mktemp -d "$cache/tree.XXXXXX")
    mkdir -p "$tree"/{bin,dev,etc,lib/modules,opt,proc,run,sys,tmp}
    cp "$busybox/busybox" "$tree/bin"
    cp "$kernel"/*.ko "$tree/lib/modules"
    printf '%s\n' "${modules[@]}" >"$tree/lib/modules/order"
    "$jdk/bin/jlink" --output "$tree/opt/jdk" --add-modules "$jdk_modules" \
        --strip-debug --no-header-files --no-man-pages
    # Class data sharing halves the start time of a JVM.
    "$tree/opt/jdk/bin/java" -Xshare:dump >/dev/null 2>&1
    copy_libraries "$tree" "$tree/opt/jdk"
    rm -f "$cache"/base-*
    archive "$tree" >"$tree.cpio"
    mv "$tree.cpio" "$file"
    rm -rf "$tree"
    echo "$file"
}
