"""Runs a container of a pod's spec as a process, with its arguments, environment and mounts. Instead of
the image it runs the jar that the image contains."""

import os
import shutil
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
# By the last part of the image's repository.
TARGETS = {
    "metrics-server": PROJECT / "kubernetes/metrics-server/target",
    "webhook": PROJECT / "kubernetes/webhook/target",
}
# Arguments: the root folder, pairs of a source and a mount point, "--", and the arguments of chroot.
# Mounts the machine's files at .host and each source at its mount point, then runs chroot. Unlike
# symbolic links, mounts work for users without access to the parent folders of the source.
ENTER = """set -e
mount --rbind / "$0/.host"
while [ "$1" != -- ]; do mount --bind "$1" "$0$2"; shift 2; done
shift
exec chroot "$@"
"""
IDENTITIES = Path("/proc/self/uid_map")


def program(container):
    """Returns the name of the container's jar, or None if its image is not one of this project's."""
    name = container["image"].partition("@")[0].rpartition("/")[2].partition(":")[0]
    return name if name in TARGETS else None


def can_switch_user():
    """Returns False in a user namespace with only the user root, as an unprivileged user creates it."""
    return sum(int(line.split()[2]) for line in IDENTITIES.read_text().splitlines()) > 1


def user(pod_context, context):
    """Returns the options of chroot for the user and groups in the pod's and container's securityContext."""
    both = pod_context | context
    if "runAsUser" not in both or not can_switch_user():
        return []
    groups = pod_context.get("supplementalGroups", []) + [pod_context[k] for k in ["fsGroup"] if k in pod_context]
    return [
        f"--userspec={both['runAsUser']}:{both.get('runAsGroup', 0)}",
        "--groups=" + ",".join(map(str, groups)),
    ]


def start(container, pod_context, mounts, environment, folder):
    """Starts the container's process; its log and ID are in the files NAME.log and NAME.pid of the folder."""
    name, jar = container["name"], program(container)
    target = TARGETS[jar]
    command = ["java", f"@{target}/{jar}.options", "-jar", f"{target}/{jar}.jar", *container.get("args", [])]
    given = {variable["name"]: variable.get("value", "") for variable in container.get("env", [])}
    options = user(pod_context, container.get("securityContext", {}))
    root = folder / "roots" / name
    mounts = mounts | {str(PROJECT): PROJECT}
    make_root(root, mounts)
    pairs = [part for path in sorted(mounts) for part in (mounts[path], path)]
    machine = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}
    with open(folder / f"{name}.log", "wb") as log:
        process = subprocess.Popen(
            ["unshare", "--mount", "--", "sh", "-c", ENTER, root, *pairs, "--", *options, root, *command],
            env=machine | given | environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    (folder / f"{name}.pid").write_text(str(process.pid))
    return process


def make_root(root, mounts):
    """Fills the root folder with symbolic links to the machine's files. Parent folders of mount points
    are real folders with links, so that a mount at /etc/podinfo creates no folder on the machine."""
    shutil.rmtree(root, ignore_errors=True)
    (root / ".host").mkdir(parents=True)
    fill(root, Path("/"))
    for path, folder in mounts.items():
        at = Path(path)
        open_folder(root, at.parent)
        put_mount_point(root / at.relative_to("/"), folder.is_dir())


def open_folder(root, path):
    place = root / path.relative_to("/")
    if place.is_dir() and not place.is_symlink():
        return
    open_folder(root, path.parent)
    place.unlink(missing_ok=True)
    place.mkdir()
    fill(place, path)


def fill(place, path):
    for child in os.listdir(path) if path.is_dir() else []:
        put_link(place / child, path / child)


def put_mount_point(place, is_folder):
    place.unlink(missing_ok=True)
    if is_folder:
        place.mkdir()
    else:
        place.touch()


def put_link(place, target):
    """Creates a symbolic link to the target that is valid only inside the root folder."""
    place.unlink(missing_ok=True)
    place.symlink_to(f"/.host{target}")
