"""A simulated pod: its processes and its status."""

import http.client
import json
import shutil
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

from enclave import Enclave

PROJECT = Path(__file__).resolve().parents[3]
AGENT = PROJECT / "enclave-agent/target"
LAUNCHER = PROJECT / "launcher/target"

# Three samples instead of fifteen, so that a case does not wait long for a new load.
AGENT_WINDOW = ("interval=1s", "window=3s")
DEFAULT_PORT = "59090"
PORT_ANNOTATIONS = ("nitro.k8s.anjuna.io/metricsPort", "anjuna.k8s.io/metricsPort")
# For cases: the mode of hostile.py, which runs instead of agent and launcher; NOTHING runs no process.
HOSTILE = "e2e.enclavemetrics.dev/hostile"
NOTHING = "absent"
# For cases: the application metrics that the agent reports, from a file beside the loads.
APPLICATION_METRICS = "e2e.enclavemetrics.dev/application-metrics"

# The defaults of readiness probes.
PROBE_TIMEOUT_S = 1
FAILURES_UNTIL_NOT_READY = 3
STOP_TIMEOUT_S = 3


def stop_all(processes, folder):
    """Ends the processes of a pod, and renames its file "address" to "former-address"."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    (folder / "address").rename(folder / "former-address")


def now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def workload(metadata):
    """Returns the name of the pod's Deployment or StatefulSet, or of the pod if it has none."""
    owners = metadata.get("ownerReferences", [])
    if not owners:
        return metadata["name"]
    name = owners[0]["name"]
    return name.removesuffix("-" + metadata.get("labels", {}).get("pod-template-hash", "\0"))


def load_files(folder, metadata):
    loads = folder / "loads" / metadata["namespace"]
    return [loads / metadata["name"], loads / workload(metadata)]


def fresh_folder(folder, metadata, address):
    """Creates and returns the pod's folder, with its address in a file."""
    own = folder / "pods" / metadata["namespace"] / metadata["name"]
    shutil.rmtree(own, ignore_errors=True)  # a StatefulSet creates a pod with the same name again
    own.mkdir(parents=True)
    (own / "address").write_text(address)
    return own


def status(address, ready, started):
    """Returns the status of a running pod, as a kubelet reports it."""
    condition = {"status": str(ready), "lastTransitionTime": now()}
    return {
        "phase": "Running",
        "podIP": address,
        "podIPs": [{"ip": address}],
        "startTime": started or now(),
        "conditions": [{"type": type} | condition for type in ("Ready", "ContainersReady")],
    }


def lines(entries):
    """Returns key="value" lines, as the downward API does; JSON escapes these values as Go does."""
    return "\n".join(f"{key}={json.dumps(value)}" for key, value in sorted(entries.items()))


class Pod:
    """A pod with its own launcher, as in a cluster without the webhook."""

    def __init__(self, pod, address, folder):
        metadata = pod["metadata"]
        self.namespace, self.name = metadata["namespace"], metadata["name"]
        self.annotations = metadata.get("annotations", {})
        self.address = address
        self.port = next((self.annotations[a] for a in PORT_ANNOTATIONS if a in self.annotations), DEFAULT_PORT)
        self.ready = self.started = None
        self.sent = True  # False if the status could not be sent: it then counts as changed
        self.failures = 0
        self.processes = {}
        self.sockets = folder / "run"
        self.folder = fresh_folder(folder, metadata, address)
        loads = load_files(folder, metadata)
        self.enclave = Enclave(self.folder / "proc", loads)
        self.application = self.application_settings(loads[-1])
        if self.annotations.get(HOSTILE) == NOTHING:
            pass  # like a labelled pod that the webhook was not called for
        elif HOSTILE in self.annotations:
            self.start("launcher", sys.executable, "-B", str(Path(__file__).with_name("hostile.py")),
                       self.annotations[HOSTILE], address, self.port)  # fmt: skip
        else:
            self.start_agent_and_launcher()

    def application_settings(self, load_file):
        """Returns the agent's settings for application metrics; all pods of a workload share their file."""
        names = self.annotations.get(APPLICATION_METRICS)
        return [f"application=file:{load_file}.prom", f"application-metrics={names}"] if names else []

    def start_agent_and_launcher(self):
        (self.folder / "annotations").write_text(lines(self.annotations))
        socket = f"unix:{self.sockets}/{self.address}"  # a short path, since the limit is 107 bytes
        self.start("agent", "java", f"@{AGENT}/enclave-agent.options", "-jar", f"{AGENT}/enclave-agent.jar",
                   f"listen={socket}", f"proc={self.folder}/proc", *AGENT_WINDOW, *self.application)  # fmt: skip
        self.start("launcher", "java", f"@{LAUNCHER}/launcher.options", "-jar", f"{LAUNCHER}/launcher.jar",
                   f"--enclave={socket}", f"--bind={self.address}",
                   f"--pod-annotations={self.folder}/annotations")  # fmt: skip

    def start(self, name, *command):
        with open(self.folder / f"{name}.log", "wb") as log:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        (self.folder / f"{name}.pid").write_text(str(process.pid))
        self.processes[name] = process

    def changed_status(self):
        """Returns the status if it has changed since the last call, else None."""
        for process in self.processes.values():
            process.poll()  # reaps a process that a case has killed
        ready = self.probe()
        if ready == self.ready and self.sent:
            return None
        self.ready, self.sent = ready, True
        found = status(self.address, ready, self.started)
        self.started = found["startTime"]
        return found

    def probe(self):
        """Returns whether the pod is ready: from the first success until several failures in a row."""
        if HOSTILE in self.annotations:
            return True  # a hostile launcher always counts as ready
        connection = http.client.HTTPConnection(self.address, timeout=PROBE_TIMEOUT_S)
        try:
            connection.port = int(self.port)
            connection.request("GET", "/readyz")
            succeeded = connection.getresponse().status == 200
        except (OSError, http.client.HTTPException, ValueError):  # ValueError: the port is not a number
            succeeded = False
        finally:
            connection.close()
        self.failures = 0 if succeeded else self.failures + 1
        return succeeded or (self.ready is True and self.failures < FAILURES_UNTIL_NOT_READY)

    def end(self):
        self.stop()
        return True

    def terminate(self):
        for process in self.processes.values():
            process.terminate()

    def stop(self):
        stop_all(self.processes.values(), self.folder)
