"""A simulated pod of the chart's release, which runs as its spec says."""

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
    """Returns an /etc/hosts that replaces the cluster's DNS: each Service has the addresses of its pods."""
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
        self.sent = True  # False if the status could not be sent: it then counts as changed
        self.ended_at_s = None
        environment = {
            # The API server's own address; without kube-proxy, that of its Service is unreachable.
            "KUBERNETES_SERVICE_HOST": api.address.hostname,
            "KUBERNETES_SERVICE_PORT": str(api.address.port),
            # All pods share one network.
            "ENCLAVE_METRICS_BIND": address,
        }
        self.programs = [c for c in self.spec["containers"] if container.program(c)]
        context = self.spec.get("securityContext", {})
        for c in self.programs:
            mounts = self.volumes.mounts(c) | {HOSTS: self.folder / "hosts"}
            self.processes[c["name"]] = container.start(c, context, mounts, environment, self.folder)
        self.probes = [Probe(c, address) for c in self.programs if "readinessProbe" in c]

    def changed_status(self):
        """Returns the status if it has changed since the last call, else None."""
        if time.monotonic() - self.refreshed_s >= REFRESH_S:
            self.volumes.refresh()
            self.refreshed_s = time.monotonic()
        alive = all(self.processes[c["name"]].poll() is None for c in self.programs)
        ready = alive and all(probe.is_ready() for probe in self.probes)
        if ready == self.ready and self.sent:
            return None
        self.ready, self.sent = ready, True
        found = status(self.address, ready, self.started)
        self.started = found["startTime"]
        return found

    def end(self):
        """Ends the pod once the sleep of its preStop hooks is over; returns whether it has ended."""
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
