"""A pod of the release, played by its spec."""

import time

import container
from pod import fresh_folder, status, stop_all
from probe import Probe
from volumes import Volumes

REFRESH_S = 1
HOSTS = "/etc/hosts"
SERVICE_LABEL = "kubernetes.io/service-name"


def is_release(pod):
    return pod["metadata"].get("labels", {}).get("app.kubernetes.io/part-of") == "enclave-metrics"


def hosts(slices):
    """In place of the cluster's DNS, which is not here: Services by the addresses of their pods."""
    text = "127.0.0.1 localhost\n"
    for each in slices:
        service = each["metadata"].get("labels", {}).get(SERVICE_LABEL)
        for endpoint in each.get("endpoints") or []:
            for address in endpoint["addresses"]:
                text += f"{address} {service}.{each['metadata']['namespace']}.svc\n"
    return text


class SpecPod:
    def __init__(self, api, pod, address, folder):
        self.api = api
        metadata, self.spec = pod["metadata"], pod["spec"]
        self.namespace, self.name, self.uid = (metadata[k] for k in ("namespace", "name", "uid"))
        self.address = address
        self.folder = fresh_folder(folder, metadata, address)
        self.volumes = Volumes(api, pod, self.folder / "volumes")
        self.refreshed_s = time.monotonic()
        (self.folder / "hosts").write_text(hosts(api.endpoint_slices()))
        self.processes = {}
        self.ready = self.started = None
        self.ended_at_s = None
        environment = {
            # Of the API server's Service; without kube-proxy its address leads nowhere.
            "KUBERNETES_SERVICE_HOST": api.address.hostname,
            "KUBERNETES_SERVICE_PORT": str(api.address.port),
            # The one network is everybody's.
            "ENCLAVE_METRICS_BIND": address,
        }
        self.programs = [c for c in self.spec["containers"] if container.program(c)]
        context = self.spec.get("securityContext", {})
        for c in self.programs:
            mounts = self.volumes.mounts(c) | {HOSTS: self.folder / "hosts"}
            self.processes[c["name"]] = container.start(c, context, mounts, environment, self.folder)
        self.probes = [Probe(c, address) for c in self.programs if "readinessProbe" in c]

    def changed_status(self):
        """The status if it is another than at the last call, else none."""
        if time.monotonic() - self.refreshed_s >= REFRESH_S:
            self.volumes.refresh()
            self.refreshed_s = time.monotonic()
        alive = all(self.processes[c["name"]].poll() is None for c in self.programs)
        ready = alive and all(probe.is_ready() for probe in self.probes)
        if ready == self.ready:
            return None
        self.ready = ready
        found = status(self.address, ready, self.started)
        self.started = found["startTime"]
        return found

    def end(self):
        """Does what is due of its end: the pause before the signal, the signal, the kill. True when
        nothing of it runs."""
        now_s = time.monotonic()
        if self.ended_at_s is None:
            hooks = (c.get("lifecycle", {}).get("preStop", {}).get("sleep", {}) for c in self.programs)
            self.ended_at_s = now_s + max((hook.get("seconds", 0) for hook in hooks), default=0)
        if now_s < self.ended_at_s:
            return False
        self.stop()
        return True

    def terminate(self):
        for process in self.processes.values():
            process.terminate()

    def stop(self):
        stop_all(self.processes.values(), self.folder)
