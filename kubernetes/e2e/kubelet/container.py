"""One container of a pod's spec as a process: its arguments, environment and mounts as they are there,
in place of its image the jar that the image has."""

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
# Enters a root folder that has the machine's files at .host, after pairs of a source and a mount
# point, as chroot is told to. By mounts, not links, what is mounted is there for any user, whoever
# may enter the folders that it lies in.
ENTER = """set -e
mount --rbind / "$0/.host"
while [ "$1" != -- ]; do mount --bind "$1" "$0$2"; shift 2; done
shift
exec chroot "$@"
"""
IDENTITIES = Path("/proc/self/uid_map")


def program(container):
    """The name of the container's jar, or none if its image is not one of this project's."""
    name = container["image"].partition("@")[0].rpartition("/")[2].partition(":")[0]
    return name if name in TARGETS else None


def can_switch_user():
    """Not in a user namespace that has root only, as one without rights makes it."""
    return sum(int(line.split()[2]) for line in IDENTITIES.read_text().splitlines()) > 1


def user(pod_context, context):
    """chroot's options for who runs a container, by the security contexts of its pod and its own."""
    both = pod_context | context
    if "runAsUser" not in both or not can_switch_user():
        return []
    groups = pod_context.get("supplementalGroups", []) + [pod_context[k] for k in ["fsGroup"] if k in pod_context]
    return [
        f"--userspec={both['runAsUser']}:{both.get('runAsGroup', 0)}",
        "--groups=" + ",".join(map(str, groups)),
    ]


def start(container, pod_context, mounts, environment, folder):
    """Below the folder, .log and .pid have the container's name."""
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
    """The machine's files as links, but for the folders on the way to what is mounted: /etc is a
    folder of links if something is mounted at /etc/podinfo. The machine has no such folder, and
    gets none."""
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
    """Only within the root it leads to the target."""
    place.unlink(missing_ok=True)
    place.symlink_to(f"/.host{target}")
