"""Simulates the kubelet of all nodes for two kinds of pods, without containers and without a real node.

Pods labelled nitro.k8s.anjuna.io/managed=yes get an address in 127.0.0.0/8, a simulated enclave (a
/proc with a configurable load), a real agent, a real launcher, and the status that a kubelet would
report. Containers that the webhook adds to them do not run here; the cases with a real node test them.

Pods of the chart's release get an address that can be an endpoint of a Service. Each container with an
image of this project runs as its spec says: arguments, environment, mounted files, service account
token, readiness probe and termination. Only the image and the bind address differ.

Files for the cases, below the control plane's folder:
  loads/NAMESPACE/NAME          "CPU MEMORY", each from 0 to 1: the load of the enclave of the pod NAME,
                                or of all enclaves of the Deployment or StatefulSet NAME
  loads/NAMESPACE/NAME.prom     the application metrics of the Deployment or StatefulSet NAME, if its
                                pods have the annotation e2e.enclavemetrics.dev/application-metrics
  pods/NAMESPACE/POD/           PROCESS.pid and PROCESS.log, the ID and the log of each process, and
                                the pod's address
"""

import argparse
import itertools
import sys
import threading
import time
from pathlib import Path

from api import Api, NotFound
from pod import Pod
from spec_pod import SpecPod, is_release
from volumes import UnknownSource

CYCLE_S = 0.25
TICK_S = 0.1
NODE = "e2e"


def addresses():
    """Returns the addresses from 127.0.1.1 on, each once: no pod gets the address of a deleted one."""
    return (f"127.0.{i // 250 + 1}.{i % 250 + 1}" for i in itertools.count())


def release_addresses():
    """Returns addresses of 192.0.2.0/24, which init sets up: endpoints of a Service must not be loopback
    addresses. Those below 192.0.2.20 are for the API server and the cases."""
    return itertools.cycle(f"192.0.2.{i}" for i in range(20, 250))


def is_played(pod):
    return is_release(pod) or pod["metadata"].get("labels", {}).get("nitro.k8s.anjuna.io/managed") == "yes"


class Kubelet:
    def __init__(self, api, folder):
        self.api = api
        self.folder = folder
        self.addresses = addresses()
        self.release_addresses = release_addresses()
        self.pods = {}  # by UID; replaced, never modified, since another thread reads it

    def cycle(self):
        """Starts and stops pods as the API server's list of pods requires, and updates their status."""
        there = {pod["metadata"]["uid"]: pod for pod in self.api.pods() if is_played(pod)}
        pods = dict(self.pods)
        try:
            gone = [pods.pop(uid) for uid in self.pods.keys() - there.keys()]
            for pod in gone:
                pod.terminate()  # signals all of them before it waits for the first
            for pod in gone:
                pod.stop()
            for uid, pod in there.items():
                if "deletionTimestamp" in pod["metadata"]:
                    self.end(uid, pod["metadata"], pods)
                elif uid not in pods:
                    self.start(uid, pod, pods)
        finally:
            self.pods = pods
        for pod in pods.values():
            status = pod.changed_status()
            if status is not None:
                try:
                    self.api.patch_status(pod.namespace, pod.name, status)
                except OSError:
                    pod.sent = False
                    raise

    def end(self, uid, metadata, pods):
        if uid not in pods or pods[uid].end():
            pods.pop(uid, None)
            self.api.delete_ended(metadata["namespace"], metadata["name"], uid)

    def start(self, uid, pod, pods):
        if not is_release(pod):
            pods[uid] = Pod(pod, next(self.addresses), self.folder)
            return
        metadata = pod["metadata"]
        if "nodeName" not in pod["spec"]:
            # The API server would delete a pod without a node before its processes have ended.
            self.api.bind(metadata["namespace"], metadata["name"], NODE)
        try:
            pods[uid] = SpecPod(self.api, pod, next(self.release_addresses), self.folder)
        except (NotFound, UnknownSource) as missing:  # such as a mounted Secret
            print(f"kubelet: {metadata['name']} waits: {missing}", file=sys.stderr, flush=True)

    def advance_enclaves(self):
        while True:
            for pod in self.pods.values():
                if isinstance(pod, Pod):
                    pod.enclave.advance(time.monotonic())
            time.sleep(TICK_S)

    def run(self):
        self.api.create_node(NODE)
        threading.Thread(target=self.advance_enclaves, daemon=True).start()
        while True:
            try:
                self.cycle()
            except OSError as failure:  # such as a failed request; the next cycle tries again
                print(f"kubelet: {failure}", file=sys.stderr, flush=True)
            time.sleep(CYCLE_S)


def main():
    parser = argparse.ArgumentParser(prog="kubelet", description=__doc__.splitlines()[0])
    parser.add_argument("--dir", type=Path, required=True, help="the control plane's folder")
    parser.add_argument("--pki", type=Path, required=True, help="has cluster-ca.crt, admin.crt and admin.key")
    parser.add_argument("--server", required=True, help="https://HOST:PORT of the API server")
    options = parser.parse_args()
    Kubelet(Api(options.server, options.pki), options.dir).run()


main()
