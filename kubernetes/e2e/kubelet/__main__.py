"""Plays the kubelet of all nodes for two kinds of pods. No containers, no node.

Those labelled nitro.k8s.anjuna.io/managed=yes get an address in 127.0.0.0/8, an enclave (a /proc
whose load is chosen), a real agent and a real launcher, and the status that a kubelet would report.
What the webhook adds to them is not run: a real node shows that.

Those of the chart's release get an address that a Service may lead to, and each container whose
image is this project's is run by its spec: arguments, environment, mounted files, the service
account's token, readiness, and the way it ends. Only image and bind address are others.

What cases may change, below the folder of the control plane:
  loads/NAMESPACE/NAME          "CPU MEMORY", each from 0 to 1: the load of a pod's enclave, or of
                                all enclaves of its Deployment or StatefulSet
  loads/NAMESPACE/NAME.prom     the metrics of their application, if the pods have the annotation
                                e2e.enclavemetrics.dev/application-metrics
  pods/NAMESPACE/POD/           PROCESS.pid to kill one, PROCESS.log to see what it said, address
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

CYCLE_S = 0.25
TICK_S = 0.1
NODE = "e2e"


def addresses():
    """127.0.1.1 and so on: none twice, so that nothing answers for a pod that is gone."""
    return (f"127.0.{i // 250 + 1}.{i % 250 + 1}" for i in itertools.count())


def release_addresses():
    """Behind a Service no loopback address may be; 192.0.2.0/24 is init's, the
    first of it are for cases."""
    return itertools.cycle(f"192.0.2.{i}" for i in range(20, 250))


def is_played(pod):
    return is_release(pod) or pod["metadata"].get("labels", {}).get("nitro.k8s.anjuna.io/managed") == "yes"


class Kubelet:
    def __init__(self, api, folder):
        self.api = api
        self.folder = folder
        self.addresses = addresses()
        self.release_addresses = release_addresses()
        self.pods = {}  # by uid; replaced, never changed, since two threads see it

    def cycle(self):
        """Makes what runs the same as what the API server has."""
        there = {pod["metadata"]["uid"]: pod for pod in self.api.pods() if is_played(pod)}
        pods = dict(self.pods)
        try:
            gone = [pods.pop(uid) for uid in self.pods.keys() - there.keys()]
            for pod in gone:
                pod.terminate()  # all at once, before the first is waited for
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
                self.api.patch_status(pod.namespace, pod.name, status)

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
            # Without a node the API server would forget it before its processes have ended.
            self.api.bind(metadata["namespace"], metadata["name"], NODE)
        try:
            pods[uid] = SpecPod(self.api, pod, next(self.release_addresses), self.folder)
        except NotFound as missing:  # such as a Secret that is mounted
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
            except OSError as failure:  # the API server's; the next cycle finds what this one left
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
